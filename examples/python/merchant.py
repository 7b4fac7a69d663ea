"""A merchant's callback for WeChat's shop coupon API, in Python. See README.md beside it."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import struct
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

APPID = os.environ.get("APPID", "wx9e20708660a0991b")
TOKEN = os.environ.get("CALLBACK_TOKEN", "AAAAA")
KEY = os.environ.get("ENCODING_AES_KEY")  # 43 characters; unset: the plain mode

given = {}  # (openid, coupon) -> request_id; a shop keeps this in its database
seen = {}  # signature -> when it may be forgotten


class Forged(Exception):
    pass


def decide(openid, out_coupon_id, request_id):
    """Gives each person one of a coupon. Answers ret_code, ret_msg and out_user_coupon_id."""
    if given.setdefault((openid, out_coupon_id), request_id) != request_id:
        return 1090030, "one each", ""
    return 0, "ok", "merchant-" + request_id


def sign(*parts):
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def check(signature, *parts):
    if not hmac.compare_digest(signature.encode(), sign(*parts).encode()):
        raise Forged("wrong signature")


def check_new(query):
    now = time.time()
    if abs(now - int(query["timestamp"])) > 300:
        raise Forged("too old")
    for signature in [known for known, until in seen.items() if until < now]:
        del seen[signature]
    if seen.setdefault(query["signature"], now + 600) != now + 600:
        raise Forged("replayed")


def aes():
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = base64.b64decode(KEY + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def encrypt(message):
    text = message.encode()
    plain = secrets.token_bytes(16) + struct.pack(">I", len(text)) + text + APPID.encode()
    pad = 32 - len(plain) % 32  # blocks of 32 bytes, not of 16
    encryptor = aes().encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


def decrypt(sealed):
    decryptor = aes().decryptor()
    plain = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
    pad = plain[-1]
    (length,) = struct.unpack(">I", plain[16:20])
    if not 1 <= pad <= 32 or plain[-pad:] != bytes([pad]) * pad or plain[20 + length : -pad] != APPID.encode():
        raise Forged("encrypted with another key or for another app")
    return plain[20 : 20 + length].decode()


def read(text):
    fields = json.loads(text)
    if not isinstance(fields, dict):
        raise Forged("no JSON object")
    return fields


def answer(query, body):
    check(query["signature"], TOKEN, query["timestamp"], query["nonce"])
    if body is None:
        check_new(query)
        return query["echostr"]
    message = read(body)
    if KEY:
        check(query["msg_signature"], TOKEN, query["timestamp"], query["nonce"], message["Encrypt"])
        message = read(decrypt(message["Encrypt"]))
    check_new(query)
    if message.get("Event") != "open_product_receive_coupon":
        return "success"
    coupon, request_id = message["out_coupon_id"], message["request_id"]
    if request_id == "test_coupon_request_id":  # asked by confirm
        decision = 0, "ok", "test_coupon_user_coupon_id"
    else:
        decision = decide(message["FromUserName"], coupon, request_id)
    print(message["FromUserName"], coupon, decision, flush=True)
    ret_code, ret_msg, user_coupon = decision
    reply = json.dumps(
        {
            "out_user_coupon_id": user_coupon,
            "request_id": request_id,
            "ret_code": ret_code,
            "ret_msg": ret_msg,
            "out_coupon_id": coupon,
        }
    )
    if not KEY:
        return reply
    sealed, now, nonce = encrypt(reply), str(int(time.time())), str(secrets.randbelow(10**10))
    signature = sign(TOKEN, now, nonce, sealed)
    return json.dumps({"Encrypt": sealed, "MsgSignature": signature, "TimeStamp": int(now), "Nonce": nonce})


class Callback(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.reply(None)

    def do_POST(self):
        length = int(self.headers.get("content-length") or 0)
        if length > 65536:
            self.close_connection = True
            return self.send(413, b"")
        self.reply(self.rfile.read(length))

    def reply(self, body):
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        try:
            self.send(200, answer(query, body).encode())
        except (Forged, KeyError, ValueError, TypeError, struct.error) as error:
            print("refused:", type(error).__name__, error, file=sys.stderr)
            self.send(403, b"")

    def send(self, status, body):
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass  # the request line holds the signature


if __name__ == "__main__":
    port = int(os.environ.get("PORT", "9000"))
    print(f"a merchant listens at http://127.0.0.1:{port}/callback", flush=True)
    ThreadingHTTPServer(("127.0.0.1", port), Callback).serve_forever()
