import { Refusal } from "./refusal.ts";

/** The longest body that is read, in bytes; a push has a few hundred. */
const SIZE_LIMIT = 65_536;

/** The body of a request as text. Throws {@link Refusal} beyond {@link SIZE_LIMIT}, without reading on. */
export async function readBody(request: Request): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [text, length] = ["", 0];
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > SIZE_LIMIT) {
      await reader?.cancel();
      throw new Refusal(`the body is longer than ${SIZE_LIMIT} bytes`, 413);
    }
    text += decodedWith(decoder, part.value);
  }
  return text + decodedWith(decoder);
}

function decodedWith(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw new Refusal("the body is no text in UTF-8");
  }
}
