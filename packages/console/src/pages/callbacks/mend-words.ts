import { table } from "../../words/table.ts";

/** How to mend what a merchant answered: one sentence for each thing that goes wrong. */
export const mendWords = table("callbackMends", {
  // No reply, or none that can be read
  lost: {
    zh: "这次的答复按您安排的故障丢弃了，程序没有错。同一个 request_id 再来时，要给同样的答复。",
    en: "This reply was thrown away, as you ordered; your program did nothing wrong. Give the same answer when the same request_id comes again.",
  },
  late: {
    zh: "{{milliseconds}} 毫秒里没有等到答复，最多等 2500 毫秒。先记下决定，马上答复，慢的事以后做。",
    en: "Nothing came in {{milliseconds}} ms; 2500 is the most. Write the decision down, answer at once, and do what is slow later.",
  },
  halfLate: {
    zh: "答复开了头却没有结束。写完后关闭响应，Content-Length 要与内容一致。",
    en: "The reply began and did not end. End the response once it is written, and let Content-Length agree with it.",
  },
  refused: {
    zh: "{{url}} 没有程序在听。启动它，或改正主机和端口；在容器里，127.0.0.1 是容器自己。",
    en: "Nothing listens at {{url}}. Start your program, or mend host and port; in a container 127.0.0.1 is the container itself.",
  },
  notPublic: {
    zh: "这不是公网地址。换一个公网地址，或者启动服务器时加上 --allow-private-callbacks。",
    en: "That is no public address. Use a public one, or start the server with --allow-private-callbacks.",
  },
  broken: {
    zh: "连接在答复完整之前断开了：程序可能中途出错退出，看它的日志。",
    en: "The connection ended before the reply was complete: your program may have failed half-way, its log tells.",
  },
  noHost: {
    zh: "主机名查不到。核对回调地址里的主机名和它的 DNS。",
    en: "The host name cannot be found. Check it in the callback URL, and its DNS.",
  },
  tls: {
    zh: "HTTPS 证书不被信任：{{reason}}。换上完整、未过期、域名相符的证书。",
    en: "Its HTTPS certificate is not trusted: {{reason}}. Serve one that is complete, not expired, and for this host.",
  },
  noHttp: {
    zh: "那里答的不是 HTTP。核对端口，以及该用 http 还是 https。",
    en: "What answers there is no HTTP. Check the port, and whether it should be http or https.",
  },
  redirect: {
    zh: "答复是跳转（HTTP {{status}}），不会跟随。把回调地址改成跳转后的地址。",
    en: "The reply is a redirect (HTTP {{status}}), which is not followed. Set the URL that it leads to.",
  },
  unreachable: {
    zh: "连不上：{{reason}}",
    en: "It could not be reached: {{reason}}",
  },
  httpRefused: {
    zh: "程序拒绝了请求（HTTP {{status}}），多半是签名对不上：核对两边的 Token 和 EncodingAESKey，再看程序的时钟。",
    en: "Your program refused the request (HTTP {{status}}), mostly because the signature does not match: compare Token and EncodingAESKey on both sides, then look at its clock.",
  },
  httpNotThere: {
    zh: "那里没有这个路径，或者不收 POST（HTTP {{status}}）。核对 {{url}} 的路径和程序的路由。",
    en: "There is no such path, or it takes no POST (HTTP {{status}}). Compare the path of {{url}} with your program's routes.",
  },
  httpFailed: {
    zh: "程序自己出错了（HTTP {{status}}），看它的日志。要拒绝领取，请用 HTTP 200 和 ret_code。",
    en: "Your program failed (HTTP {{status}}): see its log. To decline a claim, answer HTTP 200 and a ret_code.",
  },
  httpOther: {
    zh: "HTTP 状态是 {{status}}，应是 200。",
    en: "The HTTP status is {{status}}, and should be 200.",
  },
  noToken: {
    zh: "这个应用还没有 Token，没法签名。在“约定”里设一个。",
    en: "This app has no Token, so nothing can be signed. Set one.",
  },
  noKey: {
    zh: "这种消息模式要有 EncodingAESKey。设一个，或改用明文模式。",
    en: "This message mode needs an EncodingAESKey. Set one, or use the plain mode.",
  },
  sealedNoKey: {
    zh: "答复是加密的，而这个应用没有 EncodingAESKey。设一个与程序相同的，或让程序不加密。",
    en: "The reply is encrypted, and this app has no EncodingAESKey. Set your program's, or answer unencrypted.",
  },
  notSealed: {
    zh: "安全模式下答复必须加密。答 Encrypt、MsgSignature、TimeStamp、Nonce 四个字段，或改用明文模式。",
    en: "In the secure mode the reply has to be encrypted. Answer Encrypt, MsgSignature, TimeStamp and Nonce, or use the plain mode.",
  },
  replayed: {
    zh: "这段加密答复先前答过别的请求。每次都重新加密，用新的 Nonce 和当前时间。",
    en: "This encrypted reply answered another request before. Encrypt anew each time, with a new Nonce and the present time.",
  },
  acknowledged: {
    zh: "答的是 success，只表示收到。这个推送要一个决定：答 request_id、out_coupon_id、ret_code、ret_msg，同意时加 out_user_coupon_id。",
    en: "The reply is success, which says that it came. This push wants a decision: answer request_id, out_coupon_id, ret_code, ret_msg, and out_user_coupon_id where you give one.",
  },
  empty: {
    zh: "答复是空的。把下面几个字段写成 JSON 或 XML 答回来。",
    en: "The reply is empty. Answer the fields below as JSON or XML.",
  },
  neither: {
    zh: "答复既不是 JSON 也不是 XML。看它的开头：是 HTML 页面、调试输出，还是前面多了字符？",
    en: "The reply is neither JSON nor XML. Look at how it begins: a page of HTML, debug output, characters before it?",
  },
  noObject: {
    zh: "答复的 JSON 不是对象。最外层要是 { … }，不是数组、字符串或数字。",
    en: "The reply's JSON is no object. Its outermost must be { … }, not an array, a text or a number.",
  },
  badXml: {
    zh: "答复的 XML 读不了：{{reason}}。一个根元素，每个字段一个子元素，只放文字，各出现一次。",
    en: "The reply's XML cannot be read: {{reason}}. One root, and in it one element for each field, with text alone.",
  },
  notUtf8: {
    zh: "答复不是 UTF-8 文本。按 UTF-8 输出。",
    en: "The reply is no text in UTF-8. Write it in UTF-8.",
  },
  tooLarge: {
    zh: "答复太大，最多 65 536 字节，也不要拆成几千小块。",
    en: "The reply is too large: at most 65 536 bytes, and not in thousands of pieces.",
  },
  // The URL check
  echo: {
    zh: "原样答 echostr：{{expected}}，不要别的内容。",
    en: "Answer the echostr as it came, {{expected}}, and nothing else.",
  },
  echoAround: {
    zh: "echostr 对了，但前后多了空白、换行或 BOM。只答 {{expected}}。",
    en: "The echostr is right, with white space, a line break or a byte order mark around it. Answer {{expected}} alone.",
  },
  // An encrypted reply
  sealedMissing: {
    zh: "加密的答复要有 {{name}}：Encrypt、MsgSignature、TimeStamp、Nonce 缺一不可。",
    en: "An encrypted reply has {{name}}: all of Encrypt, MsgSignature, TimeStamp and Nonce.",
  },
  sealedSignature: {
    zh: "MsgSignature 应是 Token、TimeStamp、Nonce、Encrypt 四段文字按文本排序、相连后的 SHA-1（小写十六进制）。最常见：Token 不同，或漏了 Encrypt。",
    en: "MsgSignature is SHA-1, in lower-case hex, of Token, TimeStamp, Nonce and Encrypt sorted as texts and joined. Most often the Token differs, or Encrypt was left out.",
  },
  sealedTime: {
    zh: "TimeStamp 是当前的 Unix 秒数，最多差 300 秒。核对程序的时钟，以及是不是用了毫秒。",
    en: "TimeStamp is the present time in Unix seconds, at most 300 off. Check your program's clock, and that these are not milliseconds.",
  },
  sealedKey: {
    zh: "补位不对：EncodingAESKey 不同，没有补 =，或补位用了 16 字节的块（应是 32）。",
    en: "Its padding is wrong: another EncodingAESKey, the = was not added, or blocks of 16 bytes (it is 32).",
  },
  sealedAppid: {
    zh: "加密内容末尾的 appid 不是这个应用的。用这个应用的 appid 和密钥加密。",
    en: "The appid at the end of what was encrypted is not this app's. Encrypt with this app's appid and key.",
  },
  sealedText: {
    zh: "Encrypt 解不开：不是完整的 base64，或里面的长度不对（按字节数，4 字节大端）。",
    en: "Encrypt cannot be opened: it is no whole base64, or the length in it is wrong (bytes, not characters; 4 bytes, big-endian).",
  },
  // Fields of the decision
  idMissing: {
    zh: "缺少 {{name}}。从推送里原样抄回：{{expected}}",
    en: "{{name}} is missing. Copy it from the push: {{expected}}",
  },
  idOther: {
    zh: "{{name}} 不是推送里的那一个。从推送里原样抄回：{{expected}}",
    en: "{{name}} is not the one of the push. Copy it from there: {{expected}}",
  },
  idNoText: {
    zh: "{{name}} 应是文本。从推送里原样抄回：{{expected}}",
    en: "{{name}} should be a text. Copy it from the push: {{expected}}",
  },
  unneeded: { zh: "拒绝时可以不带。", en: "Not needed where you decline." },
  codeMissing: {
    zh: "缺少 ret_code，按 0 读。请写上：0 是同意。",
    en: "ret_code is missing and read as 0. Do write it: 0 gives the coupon.",
  },
  codeNoNumber: {
    zh: "ret_code 应是整数：0 是同意，别的是拒绝的原因。",
    en: "ret_code should be a whole number: 0 gives the coupon, any other says why not.",
  },
  codeOfTest: {
    zh: "这是检验，不是真的领取：见到 test_coupon_request_id 就答 0，不要去查库。现在答的是 {{code}}。",
    en: "This is the test, no claim: answer 0 to test_coupon_request_id without looking it up. You answered {{code}}.",
  },
  giftOfTest: {
    zh: "这是检验，不是真的领取：out_user_coupon_id 只能是 {{expected}}。",
    en: "This is the test, no claim: out_user_coupon_id must be {{expected}}.",
  },
  giftMissing: {
    zh: "同意时要有 out_user_coupon_id：您发出的用户券的编号，1–128 个字符。",
    en: "Where you give a coupon there is out_user_coupon_id: your id of the user coupon, 1–128 characters.",
  },
  giftNoText: {
    zh: "out_user_coupon_id 应是 1–128 个字符的文本。",
    en: "out_user_coupon_id should be a text of 1–128 characters.",
  },
  declinedSoldOut: { zh: "拒绝：领完了。", en: "Declined: none left." },
  declinedLimit: { zh: "拒绝：这个人领够了。", en: "Declined: the person has enough." },
  declinedPace: { zh: "拒绝：请慢一点。", en: "Declined: slow down." },
  declinedSystem: { zh: "拒绝：您的系统出错。", en: "Declined: your system failed." },
  declinedOther: { zh: "拒绝：其他原因。", en: "Declined: another reason." },
  declinedNoCoupon: { zh: "拒绝：没有这张券。", en: "Declined: no such coupon." },
  declinedStatus: { zh: "拒绝：状态不允许。", en: "Declined: its status does not allow it." },
  declinedUnknown: {
    zh: "{{code}} 在这里没有含义，领取的人会看到 1090033。用文档里的七个之一。",
    en: "{{code}} means nothing here; whoever claims is told 1090033. Use one of the seven of the documentation.",
  },
});
