import { Button, Card, Form, Input, Skeleton } from "antd";
import { type ReactNode, useRef } from "react";
import { useCall, useChange } from "../data/calls.ts";
import { isSignedOut } from "../data/client.ts";
import { queries } from "../data/queries.ts";
import { useIsReachable } from "../data/reachable.ts";
import { Code } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Fault } from "../ui/fault.tsx";
import { useTitle } from "../ui/page.tsx";
import { useWords } from "../words/table.ts";
import { words } from "./words.ts";

/**
 * Lets in who is signed in. Where a session ends while a page is shown, the page stays below with what was typed in it, and
 * signing in again goes on from there.
 */
export function Gate({ children }: { children: ReactNode }) {
  const say = useWords(words);
  const wasIn = useRef(false);
  const isReachable = useIsReachable();
  const { data, error, refetch } = useCall("showSession", {}, { every: isReachable ? 60_000 : 1000 });
  const isOut = isSignedOut(error);
  if (data && !isOut) wasIn.current = true;
  if (isOut && wasIn.current)
    return (
      <>
        {children}
        <Dialog title={say("signIn")}>
          <p>{say("signInAgain")}</p>
          <SignInForm />
        </Dialog>
      </>
    );
  if (isOut)
    return (
      <Lobby>
        <SignInForm />
      </Lobby>
    );
  // Where there is no operator, the wire answers instead: its body has no session.
  if (data && !data.session)
    return (
      <Lobby>
        <NoOperator />
      </Lobby>
    );
  if (!data && error)
    return (
      <Lobby>
        <Fault error={error} again={() => void refetch()} />
      </Lobby>
    );
  return data ? children : <Skeleton active className="page" />;
}

function Lobby({ children }: { children: ReactNode }) {
  const say = useWords(words);
  useTitle(say("signIn"));
  return (
    <main className="lobby">
      <Card title={<h1>Quanku 券库 · {say("signIn")}</h1>}>{children}</Card>
    </main>
  );
}

function SignInForm() {
  const say = useWords(words);
  const signIn = useChange("signIn");
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={(given: { name: string; password: string }) =>
        signIn.mutate(given, { onSuccess: () => void queries.invalidateQueries() })
      }
    >
      <Form.Item label={say("name")} name="name" rules={[{ required: true }]}>
        <Input autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item label={say("password")} name="password" rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Fault error={signIn.error} />
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {say("signIn")}
      </Button>
      <p className="aside">{say("signInHow")}</p>
    </Form>
  );
}

function NoOperator() {
  const say = useWords(words);
  return (
    <>
      <h2>{say("noOperator")}</h2>
      <p>{say("noOperatorHow")}</p>
      <Code
        label={say("noOperator")}
        text={"npx quanku operator create li --role owner\nnpx quanku operator link li"}
      />
    </>
  );
}
