// A merchant's callback for WeChat's shop coupon API, in Go. See README.md beside it.
package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

var (
	appid = env("APPID", "wx9e20708660a0991b")
	token = env("CALLBACK_TOKEN", "AAAAA")
	key   = env("ENCODING_AES_KEY", "") // 43 characters; empty: the plain mode

	lock  sync.Mutex
	given = map[string]string{}    // person and coupon -> request_id; a shop keeps this in its database
	seen  = map[string]time.Time{} // signature -> when it may be forgotten
)

type event struct {
	FromUserName, Event, Encrypt string
	OutCouponID                  string `json:"out_coupon_id"`
	RequestID                    string `json:"request_id"`
}

type reply struct {
	OutUserCouponID string `json:"out_user_coupon_id"`
	RequestID       string `json:"request_id"`
	RetCode         int    `json:"ret_code"`
	RetMsg          string `json:"ret_msg"`
	OutCouponID     string `json:"out_coupon_id"`
}

// decide gives each person one of a coupon.
func decide(e event) reply {
	lock.Lock()
	defer lock.Unlock()
	person := e.FromUserName + " " + e.OutCouponID
	if before, known := given[person]; known && before != e.RequestID {
		return reply{"", e.RequestID, 1090030, "one each", e.OutCouponID}
	}
	given[person] = e.RequestID
	return reply{"merchant-" + e.RequestID, e.RequestID, 0, "ok", e.OutCouponID}
}

func sign(parts ...string) string {
	sort.Strings(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

func check(signature string, parts ...string) error {
	if subtle.ConstantTimeCompare([]byte(signature), []byte(sign(parts...))) != 1 {
		return errors.New("wrong signature")
	}
	return nil
}

func checkNew(query url.Values) error {
	seconds, err := strconv.ParseInt(query.Get("timestamp"), 10, 64)
	age := time.Since(time.Unix(seconds, 0))
	if err != nil || age > 5*time.Minute || age < -5*time.Minute {
		return errors.New("too old")
	}
	lock.Lock()
	defer lock.Unlock()
	for signature, until := range seen {
		if time.Now().After(until) {
			delete(seen, signature)
		}
	}
	if _, known := seen[query.Get("signature")]; known {
		return errors.New("replayed")
	}
	seen[query.Get("signature")] = time.Now().Add(10 * time.Minute)
	return nil
}

func block() (cipher.Block, []byte) {
	bytes, err := base64.StdEncoding.DecodeString(key + "=")
	if err != nil || len(bytes) != 32 {
		log.Fatal("ENCODING_AES_KEY must be 43 characters of A-Z a-z 0-9 + /")
	}
	block, _ := aes.NewCipher(bytes)
	return block, bytes[:16]
}

func encrypt(message []byte) string {
	plain := make([]byte, 20, 20+len(message)+len(appid)+32)
	rand.Read(plain[:16])
	binary.BigEndian.PutUint32(plain[16:], uint32(len(message)))
	plain = append(append(plain, message...), appid...)
	pad := 32 - len(plain)%32 // blocks of 32 bytes, not of 16
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	block, iv := block()
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(plain, plain)
	return base64.StdEncoding.EncodeToString(plain)
}

func decrypt(sealed string) ([]byte, error) {
	plain, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil || len(plain) < 32 || len(plain)%16 != 0 {
		return nil, errors.New("no cipher text")
	}
	block, iv := block()
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, plain)
	pad := int(plain[len(plain)-1])
	length := int(binary.BigEndian.Uint32(plain[16:]))
	end := len(plain) - pad
	if pad < 1 || pad > 32 || 20+length > end ||
		!bytes.Equal(plain[end:], bytes.Repeat([]byte{byte(pad)}, pad)) || string(plain[20+length:end]) != appid {
		return nil, errors.New("encrypted with another key or for another app")
	}
	return plain[20 : 20+length], nil
}

func answer(request *http.Request, body []byte) ([]byte, error) {
	query := request.URL.Query()
	timestamp, nonce := query.Get("timestamp"), query.Get("nonce")
	if err := check(query.Get("signature"), token, timestamp, nonce); err != nil {
		return nil, err
	}
	if request.Method == http.MethodGet {
		return []byte(query.Get("echostr")), checkNew(query)
	}
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		return nil, err
	}
	if key != "" {
		sealed := e.Encrypt
		if err := check(query.Get("msg_signature"), token, timestamp, nonce, sealed); err != nil {
			return nil, err
		}
		message, err := decrypt(sealed)
		if err != nil {
			return nil, err
		}
		e = event{}
		if err := json.Unmarshal(message, &e); err != nil {
			return nil, err
		}
	}
	if err := checkNew(query); err != nil {
		return nil, err
	}
	if e.Event != "open_product_receive_coupon" {
		return []byte("success"), nil
	}
	decision := reply{"test_coupon_user_coupon_id", e.RequestID, 0, "ok", e.OutCouponID}
	if e.RequestID != "test_coupon_request_id" { // that one is asked by confirm
		decision = decide(e)
	}
	log.Print(e.FromUserName, " ", e.OutCouponID, " ", decision.RetCode, " ", decision.OutUserCouponID)
	message, _ := json.Marshal(decision)
	if key == "" {
		return message, nil
	}
	now := time.Now().Unix()
	sealed, fresh := encrypt(message), fmt.Sprint(time.Now().UnixNano())
	return json.Marshal(map[string]any{
		"Encrypt":      sealed,
		"MsgSignature": sign(token, fmt.Sprint(now), fresh, sealed),
		"TimeStamp":    now,
		"Nonce":        fresh,
	})
}

func main() {
	address := "127.0.0.1:" + env("PORT", "9000")
	http.HandleFunc("/callback", func(response http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, 65536))
		var text []byte
		if err == nil {
			text, err = answer(request, body)
		}
		if err != nil {
			log.Print("refused: ", err)
			response.WriteHeader(http.StatusForbidden)
			return
		}
		response.Header().Set("content-type", "text/plain; charset=utf-8")
		response.Write(text)
	})
	log.Print("a merchant listens at http://", address, "/callback")
	log.Fatal(http.ListenAndServe(address, nil))
}

func env(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
