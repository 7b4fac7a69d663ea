const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** So many letters and digits by chance, each as likely as any other. */
export function randomLetters(count: number): string {
  let text = "";
  // Of a byte's 256 values those are left out that would make the first letters likelier.
  const most = 256 - (256 % letters.length);
  while (text.length < count)
    for (const byte of crypto.getRandomValues(new Uint8Array(count)))
      if (byte < most && text.length < count) text += letters[byte % letters.length];
  return text;
}
