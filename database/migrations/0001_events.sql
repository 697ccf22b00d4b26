-- The river: what happened, in the order the clerk gave it. Writers insert with an empty position and never wait for
-- each other; the clerk numbers committed rows. id is the one bigint identity in the product: it is drawn by the insert
-- that is a transaction's last act, so id order respects causality per subject.
create table event_log (
  id bigint generated always as identity primary key,
  position bigint unique,                      -- readers keep this one number
  name text not null,
  subject_kind text not null,
  subject_id uuid not null,
  data jsonb not null,
  actor_kind text not null,
  actor_id text not null,
  actor_team uuid,
  actor_organisation uuid,
  at timestamptz not null,
  historic boolean not null default false
);
-- the clerk's work list: committed, unnumbered events
create index event_log_unnumbered on event_log (id) where position is null;
-- the timeline and the audit page of one thing
create index event_log_by_subject on event_log (subject_id, at, id);

create table event_readers (
  reader text primary key,
  position bigint not null default 0,
  failed_at timestamptz,                       -- a reaction threw: the reader stands still, visibly
  failure text,
  attempts int not null default 0
);

-- answers already given under an Idempotency-Key, kept 24 h per actor, key and path
create table idempotency_keys (
  actor text not null,
  key text not null,
  path text not null,
  body_sha256 text not null,
  status int,
  answer jsonb,
  at timestamptz not null,
  primary key (actor, key, path)
);
create index idempotency_keys_by_age on idempotency_keys (at);

-- what was deleted for good stays deleted: no contents, only the hash of what would bring it back
create table tombstones (
  kind text not null,
  key text not null,
  at timestamptz not null,
  primary key (kind, key)
);
