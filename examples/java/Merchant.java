// A merchant's callback for WeChat's shop coupon API, in Java. See README.md beside it.

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Node;

public class Merchant {
    static final String APPID = env("APPID", "wx9e20708660a0991b");
    static final String TOKEN = env("CALLBACK_TOKEN", "AAAAA");
    /** 43 characters; empty: the plain mode. */
    static final String KEY = env("ENCODING_AES_KEY", "");

    /** Person and coupon, and the request_id it was given to; a shop keeps this in its database. */
    static final Map<String, String> given = new ConcurrentHashMap<>();
    /** Signatures, and the second after which each may be forgotten. */
    static final Map<String, Long> seen = new ConcurrentHashMap<>();
    static final SecureRandom random = new SecureRandom();

    static class Forged extends Exception {
        Forged(String why) { super(why); }
    }

    record Decision(int code, String words, String userCoupon) {}

    /** Gives each person one of a coupon. */
    static Decision decide(String openid, String coupon, String requestId) {
        String before = given.putIfAbsent(openid + " " + coupon, requestId);
        if (before != null && !before.equals(requestId)) return new Decision(1090030, "one each", "");
        return new Decision(0, "ok", "merchant-" + requestId);
    }

    static String sign(String... parts) throws GeneralSecurityException {
        Arrays.sort(parts);
        byte[] text = String.join("", parts).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    }

    static void check(String signature, String... parts) throws GeneralSecurityException, Forged {
        // isEqual takes the same time however much of it is right.
        if (!MessageDigest.isEqual(sign(parts).getBytes(), signature.getBytes())) throw new Forged("wrong signature");
    }

    static void checkNew(Map<String, String> query) throws Forged {
        long now = Instant.now().getEpochSecond();
        if (Math.abs(now - Long.parseLong(need(query, "timestamp"))) > 300) throw new Forged("too old");
        seen.values().removeIf(until -> until < now);
        if (seen.putIfAbsent(need(query, "signature"), now + 600) != null) throw new Forged("replayed");
    }

    static byte[] aes(int mode, byte[] text) throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(KEY + "=");
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
        return cipher.doFinal(text);
    }

    static String encrypt(String message) throws GeneralSecurityException, IOException {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] before = new byte[16];
        random.nextBytes(before);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        plain.write(before);
        plain.write(ByteBuffer.allocate(4).putInt(text.length).array());
        plain.write(text);
        plain.write(APPID.getBytes(StandardCharsets.UTF_8));
        int pad = 32 - plain.size() % 32; // blocks of 32 bytes, not of 16
        for (int i = 0; i < pad; i++) plain.write(pad);
        return Base64.getEncoder().encodeToString(aes(Cipher.ENCRYPT_MODE, plain.toByteArray()));
    }

    static String decrypt(String sealed) throws GeneralSecurityException, Forged {
        byte[] plain = aes(Cipher.DECRYPT_MODE, Base64.getDecoder().decode(sealed));
        int pad = plain.length < 32 ? 0 : plain[plain.length - 1];
        if (pad < 1 || pad > 32) throw new Forged("encrypted with another key");
        for (int i = 1; i <= pad; i++) if (plain[plain.length - i] != pad) throw new Forged("encrypted with another key");
        int end = plain.length - pad;
        int length = ByteBuffer.wrap(plain).getInt(16);
        if (length < 0 || length > end - 20) throw new Forged("shorter than it says");
        String appid = new String(plain, 20 + length, end - 20 - length, StandardCharsets.UTF_8);
        if (!appid.equals(APPID)) throw new Forged("for another app");
        return new String(plain, 20, length, StandardCharsets.UTF_8);
    }

    /** The fields of an XML message. Java reads XML itself, and no JSON. */
    static Map<String, String> read(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        Map<String, String> fields = new TreeMap<>();
        for (Node node = document.getDocumentElement().getFirstChild(); node != null; node = node.getNextSibling())
            if (node.getNodeType() == Node.ELEMENT_NODE) fields.put(node.getNodeName(), node.getTextContent());
        return fields;
    }

    static String write(Object... namesAndValues) {
        StringBuilder xml = new StringBuilder("<xml>");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = String.valueOf(namesAndValues[i + 1]).replace("]]>", "]]]]><![CDATA[>");
            xml.append("<%1$s><![CDATA[%2$s]]></%1$s>".formatted(namesAndValues[i], value));
        }
        return xml.append("</xml>").toString();
    }

    static String answer(Map<String, String> query, String body) throws Exception {
        String timestamp = need(query, "timestamp"), nonce = need(query, "nonce");
        check(need(query, "signature"), TOKEN, timestamp, nonce);
        if (body == null) {
            checkNew(query);
            return need(query, "echostr");
        }
        Map<String, String> message = read(body);
        if (!KEY.isEmpty()) {
            String sealed = need(message, "Encrypt");
            check(need(query, "msg_signature"), TOKEN, timestamp, nonce, sealed);
            message = read(decrypt(sealed));
        }
        checkNew(query);
        if (!"open_product_receive_coupon".equals(message.get("Event"))) return "success";
        String openid = need(message, "FromUserName"), coupon = need(message, "out_coupon_id");
        String requestId = need(message, "request_id");
        Decision decision = requestId.equals("test_coupon_request_id") // asked by confirm
            ? new Decision(0, "ok", "test_coupon_user_coupon_id")
            : decide(openid, coupon, requestId);
        System.out.println(openid + " " + coupon + " " + decision);
        String reply = write("out_user_coupon_id", decision.userCoupon, "request_id", requestId, "ret_code", decision.code,
            "ret_msg", decision.words, "out_coupon_id", coupon);
        if (KEY.isEmpty()) return reply;
        String sealed = encrypt(reply), now = String.valueOf(Instant.now().getEpochSecond());
        String fresh = String.valueOf(random.nextInt(Integer.MAX_VALUE));
        return write("Encrypt", sealed, "MsgSignature", sign(TOKEN, now, fresh, sealed), "TimeStamp", now, "Nonce", fresh);
    }

    static void serve(HttpExchange exchange) throws IOException {
        byte[] reply = {};
        int status = 200;
        try (exchange) {
            try {
                Map<String, String> query = new TreeMap<>();
                String raw = exchange.getRequestURI().getRawQuery();
                for (String part : (raw == null ? "" : raw).split("&")) {
                    String[] pair = part.split("=", 2);
                    query.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
                }
                byte[] body = exchange.getRequestBody().readNBytes(65537);
                if (body.length > 65536) throw new Forged("too long");
                boolean isCheck = exchange.getRequestMethod().equals("GET");
                reply = answer(query, isCheck ? null : new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            } catch (Exception error) {
                System.err.println("refused: " + error.getMessage());
                status = 403;
            }
            exchange.sendResponseHeaders(status, reply.length == 0 ? -1 : reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    static String need(Map<String, String> fields, String name) throws Forged {
        String value = fields.get(name);
        if (value == null) throw new Forged(name + " is missing");
        return value;
    }

    static String env(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(env("PORT", "9000"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/callback", Merchant::serve);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.start();
        System.out.println("a merchant listens at http://127.0.0.1:" + port + "/callback");
    }
}
