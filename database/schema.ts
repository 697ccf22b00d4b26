// Generated from the migrated database by `bin/sinew types`. Do not edit.

import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Int8 = ColumnType<string, bigint | number | string, bigint | number | string>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Numeric = ColumnType<string, number | string, number | string>;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface ApiKeys {
  created_at: Timestamp;
  id: string;
  last_used_at: Timestamp | null;
  name: string;
  prefix: string;
  revoked_at: Timestamp | null;
  scopes: string[];
  sha256: string;
}

export interface Attachments {
  content_id: string | null;
  content_type: string;
  file: string;
  filename: string;
  id: string;
  inline: Generated<boolean>;
  message_id: string;
  size: Int8;
}

export interface AuthAccounts {
  access_token: string | null;
  access_token_expires_at: Timestamp | null;
  account_id: string;
  created_at: Timestamp;
  id: string;
  id_token: string | null;
  password: string | null;
  provider_id: string;
  refresh_token: string | null;
  refresh_token_expires_at: Timestamp | null;
  scope: string | null;
  updated_at: Timestamp;
  user_id: string;
}

export interface AuthRateLimits {
  count: number;
  id: string;
  key: string;
  last_request: Int8;
}

export interface AuthSessions {
  created_at: Timestamp;
  expires_at: Timestamp;
  id: string;
  ip_address: string | null;
  token: string;
  updated_at: Timestamp;
  user_agent: string | null;
  user_id: string;
}

export interface AuthTwoFactors {
  backup_codes: string;
  failed_verification_count: Generated<number | null>;
  id: string;
  locked_until: Timestamp | null;
  secret: string;
  user_id: string;
  verified: Generated<boolean | null>;
}

export interface AuthUsers {
  created_at: Timestamp;
  email: string;
  email_verified: Generated<boolean>;
  id: string;
  image: string | null;
  name: string;
  two_factor_enabled: Generated<boolean | null>;
  updated_at: Timestamp;
}

export interface AuthVerifications {
  created_at: Timestamp;
  expires_at: Timestamp;
  id: string;
  identifier: string;
  updated_at: Timestamp;
  value: string;
}

export interface Channels {
  address: string | null;
  created_at: Timestamp;
  id: string;
  kind: string;
  name: string;
  team_id: string | null;
}

export interface Companies {
  created_at: Timestamp;
  external_id: string | null;
  fields: Generated<Json>;
  id: string;
  name: string;
  plan: string | null;
  reason_left: string | null;
  since: Timestamp | null;
  stage: string | null;
  until: Timestamp | null;
  value: Numeric | null;
}

export interface ContactPoints {
  created_at: Timestamp;
  customer_id: string;
  kind: string;
  value: string;
}

export interface ConversationGuests {
  conversation_id: string;
  invited_at: Timestamp;
  person_id: string;
}

export interface ConversationParticipants {
  address: string;
  admitted: boolean;
  conversation_id: string;
  customer_id: string | null;
  name: Generated<string>;
}

export interface ConversationReads {
  conversation_id: string;
  person_id: string;
  seen_at: Timestamp;
}

export interface Conversations {
  audience: Generated<string[]>;
  channel_id: string | null;
  created_at: Timestamp;
  customer_id: string | null;
  fields: Generated<Json>;
  historic: Generated<boolean>;
  id: string;
  kind: string | null;
  last_at: Timestamp;
  last_direction: string | null;
  last_from: string | null;
  last_inbound_at: Timestamp | null;
  last_snippet: string | null;
  medium: string;
  merged_into: string | null;
  number: Generated<Int8>;
  organisation_id: string | null;
  owner_id: string | null;
  purpose: string | null;
  snoozed_until: Timestamp | null;
  status: Generated<string>;
  status_since: Timestamp;
  subject: string;
  tags: Generated<string[]>;
  team_id: string | null;
  updated_at: Timestamp;
}

export interface Customers {
  company_id: string | null;
  created_at: Timestamp;
  external_id: string | null;
  fields: Generated<Json>;
  id: string;
  language: string | null;
  name: string | null;
  plan: string | null;
  reason_left: string | null;
  since: Timestamp | null;
  stage: string | null;
  time_zone: string | null;
  until: Timestamp | null;
  value: Numeric | null;
}

export interface DeliveryAttempts {
  at: Timestamp;
  dialogue: string;
  id: string;
  message_id: string;
  outcome: string;
}

export interface EventLog {
  actor_id: string;
  actor_kind: string;
  actor_organisation: string | null;
  actor_team: string | null;
  at: Timestamp;
  data: Json;
  historic: Generated<boolean>;
  id: Generated<Int8>;
  name: string;
  position: Int8 | null;
  subject_id: string;
  subject_kind: string;
}

export interface EventReaders {
  attempts: Generated<number>;
  failed_at: Timestamp | null;
  failure: string | null;
  position: Generated<Int8>;
  reader: string;
}

export interface FileRemovals {
  at: Timestamp;
  sha256: string;
}

export interface Files {
  bytes: Buffer | null;
  created_at: Timestamp;
  sha256: string;
  size: Int8;
}

export interface IdempotencyKeys {
  actor: string;
  answer: Json | null;
  at: Timestamp;
  body_sha256: string;
  key: string;
  path: string;
  status: number | null;
}

export interface InboundMessages {
  attempts: Generated<number>;
  conversation_id: string | null;
  envelope_from: string | null;
  envelope_to: Generated<string[]>;
  failure: string | null;
  historic: Generated<boolean>;
  id: string;
  message_id: string | null;
  outcome: string | null;
  raw_file: string;
  reason: string | null;
  received_at: Timestamp;
  remote_address: string | null;
  retry_at: Timestamp | null;
  sender: string | null;
  size: Int8;
  state: Generated<string>;
  subject: string | null;
  via: string;
}

export interface Invitations {
  created_at: Timestamp;
  email: string;
  expires_at: Timestamp;
  id: string;
  invited_by: string;
  name: string | null;
  organisation_id: string;
  revoked_at: Timestamp | null;
  roles: Generated<string[]>;
  team_ids: Generated<string[]>;
  token_sha256: string;
  used_at: Timestamp | null;
}

export interface MailIdentities {
  body_hash: string;
  inbound_id: string;
  message_hash: string;
}

export interface Memberships {
  person_id: string;
  since: Timestamp;
  team_id: string;
}

export interface Messages {
  at: Timestamp;
  authentication: Json | null;
  authentication_state: Generated<string>;
  author_id: string | null;
  author_kind: string;
  author_name: string;
  author_organisation: string | null;
  automatic: string | null;
  cc_addresses: Generated<Json>;
  conversation_id: string;
  direction: string;
  ended_at: Timestamp | null;
  from_address: Json | null;
  historic: Generated<boolean>;
  html: string | null;
  id: string;
  inbound_id: string | null;
  mail_id: string | null;
  marks: Generated<string[]>;
  media: Generated<Json>;
  medium: string;
  quoted_html: string | null;
  quoted_text: Generated<string>;
  remote_images: Generated<number>;
  reply_text: string;
  sent_at: Timestamp | null;
  started_at: Timestamp | null;
  subject: string | null;
  text: string;
  to_addresses: Generated<Json>;
}

export interface Migrations {
  applied_at: Generated<Timestamp>;
  name: string;
  number: number;
  sha256: string;
}

export interface Organisations {
  created_at: Timestamp;
  external_id: string | null;
  functions: Generated<string[]>;
  id: string;
  kind: string;
  name: string;
}

export interface OutboxMessages {
  claimed_until: Timestamp | null;
  claims: Generated<number>;
  due_at: Timestamp | null;
  envelope_from: string;
  in_reply_to: string | null;
  message_id: string;
  note: string | null;
  recipients: Json;
  reference_ids: Generated<string[]>;
  reply_to: string;
  send_at: Timestamp;
  state: Generated<string>;
  tries: Generated<number>;
}

export interface OutboxRemovals {
  at: Timestamp;
  message_id: string;
}

export interface People {
  audience: string[];
  auth_user_id: string | null;
  created_at: Timestamp;
  deactivated_at: Timestamp | null;
  email: string;
  external_id: string | null;
  functions: Generated<string[]>;
  id: string;
  invited_at: Timestamp | null;
  joined_at: Timestamp | null;
  language: string | null;
  name: string;
  organisation_id: string;
  roles: Generated<string[]>;
  since: Timestamp | null;
  time_zone: string | null;
  until: Timestamp | null;
  workplace: string | null;
}

export interface SetupLinks {
  created_at: Timestamp;
  token_sha256: string;
}

export interface Teams {
  archived_at: Timestamp | null;
  audience: string[];
  created_at: Timestamp;
  external_id: string | null;
  id: string;
  name: string;
  private: Generated<boolean>;
  purpose: string | null;
}

export interface ThreadLinks {
  conversation_id: string;
  message_hash: string;
  own: boolean;
}

export interface Tombstones {
  at: Timestamp;
  key: string;
  kind: string;
}

export interface Database {
  api_keys: ApiKeys;
  attachments: Attachments;
  auth_accounts: AuthAccounts;
  auth_rate_limits: AuthRateLimits;
  auth_sessions: AuthSessions;
  auth_two_factors: AuthTwoFactors;
  auth_users: AuthUsers;
  auth_verifications: AuthVerifications;
  channels: Channels;
  companies: Companies;
  contact_points: ContactPoints;
  conversation_guests: ConversationGuests;
  conversation_participants: ConversationParticipants;
  conversation_reads: ConversationReads;
  conversations: Conversations;
  customers: Customers;
  delivery_attempts: DeliveryAttempts;
  event_log: EventLog;
  event_readers: EventReaders;
  file_removals: FileRemovals;
  files: Files;
  idempotency_keys: IdempotencyKeys;
  inbound_messages: InboundMessages;
  invitations: Invitations;
  mail_identities: MailIdentities;
  memberships: Memberships;
  messages: Messages;
  migrations: Migrations;
  organisations: Organisations;
  outbox_messages: OutboxMessages;
  outbox_removals: OutboxRemovals;
  people: People;
  setup_links: SetupLinks;
  teams: Teams;
  thread_links: ThreadLinks;
  tombstones: Tombstones;
}
