import { demoShop } from "@quanku/sdk/guide";
import { Button, Form, Input } from "antd";
import { minuteOf } from "../../ui/shop-time.ts";
import { useWords } from "../../words/table.ts";
import { forget, secretOf, tokenOf } from "./send.ts";
import { words } from "./words.ts";

/** The secret that was typed for an app in this tab; of the demo shop the one that everybody may know. */
export const secretFor = (appid: string): string =>
  secretOf(appid) ?? (appid === demoShop.appid ? demoShop.secret : "");

/** The app's secret, with which tokens are fetched. */
export function SecretField({
  appid,
  secret,
  change,
}: {
  appid: string;
  secret: string;
  change: (secret: string) => void;
}) {
  const say = useWords(words);
  const token = tokenOf(appid);
  return (
    <Form.Item
      label={say("secret")}
      htmlFor="try-secret"
      extra={
        <>
          {say("secretHow")} {token && say("token", { time: minuteOf(token.until) })}{" "}
          {token && (
            <Button
              type="link"
              size="small"
              onClick={() => {
                forget(appid);
                change("");
              }}
            >
              {say("forget")}
            </Button>
          )}
        </>
      }
    >
      <Input.Password
        id="try-secret"
        value={secret}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change(event.target.value.trim())}
      />
    </Form.Item>
  );
}
