<?php
// A merchant's callback for WeChat's shop coupon API, in PHP. See README.md beside it.
declare(strict_types=1);

define('APPID', getenv('APPID') ?: 'wx9e20708660a0991b');
define('TOKEN', getenv('CALLBACK_TOKEN') ?: 'AAAAA');
define('KEY', getenv('ENCODING_AES_KEY') ?: null); // 43 characters; unset: the plain mode

class Forged extends Exception {}

/** Gives each person one of a coupon. Answers ret_code, ret_msg and out_user_coupon_id. */
function decide(string $openid, string $coupon, string $requestId): array
{
    // A shop asks its database; PHP keeps nothing between requests, so a file stands for it here.
    $first = once('given', "$openid $coupon", $requestId, PHP_INT_MAX);
    return $first === $requestId ? [0, 'ok', "merchant-$requestId"] : [1090030, 'one each', ''];
}

/** What is kept under a key until a time: this value, unless there is one. In one step, whoever else asks. */
function once(string $name, string $key, string $value, int $until): string
{
    $file = fopen(sys_get_temp_dir() . "/quanku-merchant-{$_SERVER['SERVER_PORT']}-$name.json", 'c+');
    flock($file, LOCK_EX);
    $kept = json_decode(stream_get_contents($file) ?: '{}', true);
    $kept = array_filter($kept, fn($entry) => $entry[1] >= time());
    if (!isset($kept[$key])) {
        $kept[$key] = [$value, $until];
        ftruncate($file, 0);
        rewind($file);
        fwrite($file, json_encode($kept));
    }
    fclose($file);
    return $kept[$key][0];
}

function sign(string ...$parts): string
{
    sort($parts, SORT_STRING);
    return sha1(implode('', $parts));
}

function check(string $signature, string ...$parts): void
{
    if (!hash_equals(sign(...$parts), $signature)) throw new Forged('wrong signature');
}

function checkNew(array $query): void
{
    if (!ctype_digit($query['timestamp']) || abs(time() - (int) $query['timestamp']) > 300) throw new Forged('too old');
    $mine = bin2hex(random_bytes(8));
    if (once('seen', $query['signature'], $mine, time() + 600) !== $mine) throw new Forged('replayed');
}

function encrypt(string $message): string
{
    $key = base64_decode(KEY . '=');
    $plain = random_bytes(16) . pack('N', strlen($message)) . $message . APPID;
    $pad = 32 - strlen($plain) % 32; // blocks of 32 bytes, not of 16
    $plain .= str_repeat(chr($pad), $pad);
    $options = OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING;
    return base64_encode(openssl_encrypt($plain, 'aes-256-cbc', $key, $options, substr($key, 0, 16)));
}

function decrypt(string $sealed): string
{
    $key = base64_decode(KEY . '=');
    $options = OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING;
    $plain = openssl_decrypt((string) base64_decode($sealed, true), 'aes-256-cbc', $key, $options, substr($key, 0, 16));
    $pad = $plain === false || strlen($plain) < 32 ? 0 : ord(substr($plain, -1));
    if ($pad < 1 || $pad > 32 || substr($plain, -$pad) !== str_repeat(chr($pad), $pad)) throw new Forged('another key');
    $length = unpack('N', $plain, 16)[1];
    if (substr($plain, 20 + $length, -$pad) !== APPID) throw new Forged('another app');
    return substr($plain, 20, $length);
}

function read(string $json): array
{
    $fields = json_decode($json, true);
    return is_array($fields) ? $fields : throw new Forged('no JSON object');
}

function answer(array $query, ?string $body): string
{
    check($query['signature'], TOKEN, $query['timestamp'], $query['nonce']);
    if ($body === null) {
        checkNew($query);
        return $query['echostr'];
    }
    $message = read($body);
    if (KEY !== null) {
        check($query['msg_signature'], TOKEN, $query['timestamp'], $query['nonce'], $message['Encrypt']);
        $message = read(decrypt($message['Encrypt']));
    }
    checkNew($query);
    if (($message['Event'] ?? '') !== 'open_product_receive_coupon') return 'success';
    ['FromUserName' => $openid, 'out_coupon_id' => $coupon, 'request_id' => $requestId] = $message;
    [$code, $words, $userCoupon] = $requestId === 'test_coupon_request_id' // asked by confirm
        ? [0, 'ok', 'test_coupon_user_coupon_id']
        : decide($openid, $coupon, $requestId);
    error_log("$openid $coupon $code $userCoupon");
    $reply = json_encode([
        'out_user_coupon_id' => $userCoupon,
        'request_id' => $requestId,
        'ret_code' => $code,
        'ret_msg' => $words,
        'out_coupon_id' => $coupon,
    ]);
    if (KEY === null) return $reply;
    [$sealed, $now, $nonce] = [encrypt($reply), (string) time(), (string) random_int(0, 9999999999)];
    $signature = sign(TOKEN, $now, $nonce, $sealed);
    return json_encode(['Encrypt' => $sealed, 'MsgSignature' => $signature, 'TimeStamp' => (int) $now, 'Nonce' => $nonce]);
}

// Whatever is missing or of another kind throws, and is refused like what is forged.
set_error_handler(fn($_, $words) => throw new Forged($words));
try {
    $body = $_SERVER['REQUEST_METHOD'] === 'POST' ? file_get_contents('php://input', length: 65537) : null;
    if (strlen($body ?? '') > 65536) throw new Forged('too long');
    $reply = answer($_GET, $body);
    header('content-type: ' . ($body === null ? 'text/plain' : 'application/json'));
    echo $reply;
} catch (Forged | TypeError | ValueError $error) {
    error_log('refused: ' . $error->getMessage());
    http_response_code(403);
}
