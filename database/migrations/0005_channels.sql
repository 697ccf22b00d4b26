-- The ways in.
create table channels (
  id uuid primary key,
  kind text not null check (kind in ('email', 'api', 'form', 'widget')),
  name text not null,
  address text unique,                         -- lower case
  team_id uuid references teams,
  created_at timestamptz not null
);

-- Every mail that ever arrived, raw, before anything else touches it.
create table inbound_messages (
  id uuid primary key,
  via text not null check (via in ('smtp', 'api', 'import', 'imap')),
  state text not null default 'unprocessed' check (state in ('unprocessed', 'processed', 'quarantined')),
  envelope_from text,
  envelope_to text[] not null default '{}',
  remote_address text,                         -- of the sending server, for SPF; SMTP only
  raw_file text not null references files,
  size bigint not null,
  historic boolean not null default false,
  received_at timestamptz not null,
  sender text,                                 -- lower case, once it was read
  subject text,
  outcome text,
  reason text,
  attempts int not null default 0,
  failure text,
  retry_at timestamptz,
  conversation_id uuid,
  message_id uuid
);
create index inbound_messages_waiting on inbound_messages (retry_at) where state = 'unprocessed';
create index inbound_messages_quarantined on inbound_messages (id desc) where state = 'quarantined';
create index inbound_messages_by_conversation on inbound_messages (conversation_id) where conversation_id is not null;
-- the loop guard: how many mails of one sender lately
create index inbound_messages_by_sender on inbound_messages (sender, received_at) where sender is not null;
create index inbound_messages_by_file on inbound_messages (raw_file);

-- One row per distinct mail (Message-ID and body): inserting it is how a duplicate is noticed, whoever comes first.
create table mail_identities (
  message_hash uuid not null,                  -- first 16 bytes of the SHA-256 of the Message-ID, or of the raw mail without one
  body_hash uuid not null,                     -- the same of the body, headers aside
  inbound_id uuid not null references inbound_messages on delete cascade,
  primary key (message_hash, body_hash)
);
create index mail_identities_by_inbound on mail_identities (inbound_id);
