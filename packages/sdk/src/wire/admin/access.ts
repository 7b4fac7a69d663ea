// Made from packages/protocol/src by `npm run docs`; do not edit.
import type {
  OfOperator,
  PageOfHouse,
} from "./inputs.ts";
import type {
  Health,
} from "./outlooks.ts";
import type {
  AccessToken,
  JournalPage,
  Operator,
  Role,
  SessionReply,
} from "./shapes.ts";
import type { CallForms } from "./forms.ts";

/** What `signIn` takes. */
export interface SignInInput {
  /** The operator (0 to 64 characters). */
  name: string;
  /** Their password (0 to 256 characters). */
  password: string;
}

/** What `signInByLink` takes. */
export interface SignInByLinkInput {
  /** The link's code (0 to 200 characters). */
  code: string;
}

/** What `changePassword` takes. */
export interface ChangePasswordInput {
  /** The password until now; left out where none is set (0 to 256 characters). */
  password?: string | undefined;
  /** The new one; 10-256 characters. */
  new_password: string;
}

/** What `createToken` takes. */
export interface CreateTokenInput {
  /** What to call it; the journal tells it. */
  name: string;
  /**
   * What they may do: `viewer` reads the apps that are named; `manager` reads and steers the apps that are named;
   * `owner` everything, of all apps.
   */
  role?: Role | undefined;
  /** The apps that they may read or steer; an owner has all (at most 1000 entries). */
  apps?: string[] | undefined;
  /** For how many days it is good, 1-366. */
  days: number;
}

/** What `revokeToken` takes. */
export interface RevokeTokenInput {
  /** The token's name (0 to 64 characters). */
  token: string;
}

/** What `createOperator` takes. */
export interface CreateOperatorInput {
  /** The name that they sign in with: 1-64 of `a-z 0-9 . _ -`. */
  name: string;
  /**
   * What they may do: `viewer` reads the apps that are named; `manager` reads and steers the apps that are named;
   * `owner` everything, of all apps.
   */
  role: Role;
  /** The apps that they may read or steer; an owner has all (at most 1000 entries). */
  apps?: string[] | undefined;
  /** Their password; 10-256 characters. */
  password?: string | undefined;
}

/** What `changeOperator` takes. */
export interface ChangeOperatorInput {
  /** The operator's name (0 to 64 characters). */
  operator: string;
  /**
   * What they may do: `viewer` reads the apps that are named; `manager` reads and steers the apps that are named;
   * `owner` everything, of all apps.
   */
  role?: Role | undefined;
  /** The apps that they may read or steer; an owner has all (at most 1000 entries). */
  apps?: string[] | undefined;
}

/** What `listTokens` answers. */
export interface ListTokensReply {
  /** The tokens. */
  entries: AccessToken[];
}

/** What `createToken` answers. */
export interface CreateTokenReply {
  /** The token: sent as `Authorization: Bearer …`. */
  token: string;
}

/** What `listOperators` answers. */
export interface ListOperatorsReply {
  /** The operators. */
  entries: Operator[];
}

/** What `createOperator` answers. */
export interface CreateOperatorReply {
  /** The operator as they are now. */
  operator: Operator;
  /** The password that was made; null: you gave one. */
  password: string | null;
}

/** What `changeOperator` answers. */
export interface ChangeOperatorReply {
  /** The operator as they are now. */
  operator: Operator;
}

/** What `resetOperator` answers. */
export interface ResetOperatorReply {
  /** The new password. */
  password: string;
}

/** What `showHealth` answers. */
export interface ShowHealthReply {
  /** How it does. */
  health: Health;
}

/** The operators' calls about who may come in. */
export interface AccessCalls<How extends CallForms> {
  /**
   * Signs in; the session is a cookie that no script can read.
   * `POST /session`. For anybody.
   */
  signIn(input: SignInInput, options?: How["options"]): Promise<SessionReply>;

  /**
   * Signs in by a link that works once and for ten minutes, on loopback; leads on to the console.
   * `GET /session/link`. For anybody.
   */
  signInByLink(input: SignInByLinkInput, options?: How["options"]): Promise<void>;

  /**
   * Who is asking, and what they may do.
   * `GET /session`. Role: viewer.
   */
  showSession(input?: Record<string, never>, options?: How["options"]): Promise<SessionReply>;

  /**
   * Signs out: the session is of no more use to anybody.
   * `DELETE /session`. Role: viewer.
   */
  signOut(input?: Record<string, never>, options?: How["options"]): Promise<void>;

  /**
   * Gives yourself another password; all your other sessions end.
   * `PUT /session/password`. Role: viewer.
   */
  changePassword(input: ChangePasswordInput, options?: How["options"]): Promise<void>;

  /**
   * Your access tokens.
   * `GET /tokens`. Role: viewer.
   */
  listTokens(input?: Record<string, never>, options?: How["options"]): Promise<ListTokensReply>;

  /**
   * Makes an access token for a script, and tells it this once. It may do no more than you, and ends when you go.
   * `POST /tokens`. Role: viewer.
   */
  createToken(input: CreateTokenInput, options?: How["options"]): Promise<CreateTokenReply>;

  /**
   * Ends one of your access tokens.
   * `DELETE /tokens/{token}`. Role: viewer.
   */
  revokeToken(input: RevokeTokenInput, options?: How["options"]): Promise<void>;

  /**
   * Every operator.
   * `GET /operators`. Role: owner.
   */
  listOperators(input?: Record<string, never>, options?: How["options"]): Promise<ListOperatorsReply>;

  /**
   * Makes an operator. Without a password one is made and told this once.
   * `POST /operators`. Role: owner.
   */
  createOperator(input: CreateOperatorInput, options?: How["options"]): Promise<CreateOperatorReply>;

  /**
   * Gives an operator another role or other apps. The last owner stays one.
   * `PATCH /operators/{operator}`. Role: owner.
   */
  changeOperator(input: ChangeOperatorInput, options?: How["options"]): Promise<ChangeOperatorReply>;

  /**
   * Gives an operator a new password and tells it this once; their sessions and tokens end.
   * `POST /operators/{operator}/reset`. Role: owner.
   */
  resetOperator(input: OfOperator, options?: How["options"]): Promise<ResetOperatorReply>;

  /**
   * Removes an operator; their sessions and tokens end. The last owner stays.
   * `DELETE /operators/{operator}`. Role: owner.
   */
  removeOperator(input: OfOperator, options?: How["options"]): Promise<void>;

  /**
   * How this server process does: whether it would keep writes, and for owners what it has to do. Where several
   * processes serve, it tells of the one that answers.
   * `GET /health`. Role: viewer.
   */
  showHealth(input?: Record<string, never>, options?: How["options"]): Promise<ShowHealthReply>;

  /**
   * What happened to operators, and to apps that were deleted, newest first.
   * `GET /journal`. Role: owner.
   */
  listHouseJournal(input?: PageOfHouse, options?: How["options"]): Promise<JournalPage>;
}
