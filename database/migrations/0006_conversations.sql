-- What people call a case or a ticket. Free now and costly later: purpose, kind, fields, and the audience keys that
-- decide who sees a row ('house', 'team:…', 'person:…').
create table conversations (
  id uuid primary key,
  number bigint generated always as identity unique,
  subject text not null,
  status text not null default 'open' check (status in ('open', 'waiting', 'snoozed', 'closed')),
  status_since timestamptz not null,
  snoozed_until timestamptz,
  medium text not null check (medium in ('email', 'chat', 'form', 'call', 'visit', 'sms', 'api')),
  channel_id uuid references channels,
  customer_id uuid references customers,
  owner_id uuid references people,
  team_id uuid references teams,
  organisation_id uuid references organisations,
  purpose text check (purpose in ('transaction', 'service', 'sale')),
  kind text check (kind in ('purchase', 'return', 'problem', 'how_to')),
  fields jsonb not null default '{}',
  tags text[] not null default '{}',
  audience text[] not null default '{house}',
  last_at timestamptz not null,                -- of the newest message or note, or the start
  last_direction text check (last_direction in ('in', 'out', 'internal')),
  last_from text,
  last_snippet text,
  last_inbound_at timestamptz,                 -- of the newest words of a customer: what unread is measured by
  merged_into uuid references conversations,
  historic boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((status = 'snoozed') = (snoozed_until is not null))
);
-- the inbox, newest first: by status, of one owner, of nobody, of a team, of everybody
create index conversations_by_status on conversations (status, last_at desc, id desc) where merged_into is null;
create index conversations_by_owner on conversations (owner_id, status, last_at desc, id desc) where merged_into is null and owner_id is not null;
create index conversations_unassigned on conversations (status, last_at desc, id desc) where owner_id is null and merged_into is null;
create index conversations_by_team on conversations (team_id, status, last_at desc, id desc) where merged_into is null;
-- whatever their status: all of an owner's, all of a team's
create index conversations_of_owner on conversations (owner_id, last_at desc, id desc) where merged_into is null and owner_id is not null;
create index conversations_of_team on conversations (team_id, last_at desc, id desc) where merged_into is null;
create index conversations_newest on conversations (last_at desc, id desc) where merged_into is null;
create index conversations_by_customer on conversations (customer_id, last_at desc, id desc) where merged_into is null;
create index conversations_by_tag on conversations using gin (tags) where tags <> '{}';
create index conversations_asleep on conversations (snoozed_until) where status = 'snoozed';
create index conversations_merged on conversations (merged_into) where merged_into is not null;

-- People outside the house who were invited to see one conversation.
create table conversation_guests (
  conversation_id uuid not null references conversations on delete cascade,
  person_id uuid not null references people,
  invited_at timestamptz not null,
  primary key (conversation_id, person_id)
);

-- Who takes part by mail. A stranger who replied into the thread is not admitted until a person says so.
create table conversation_participants (
  conversation_id uuid not null references conversations on delete cascade,
  address text not null,                       -- lower case
  name text not null default '',
  customer_id uuid references customers on delete set null,
  admitted boolean not null,
  primary key (conversation_id, address)
);

-- Up to when a person has seen a conversation.
create table conversation_reads (
  conversation_id uuid not null references conversations on delete cascade,
  person_id uuid not null references people on delete cascade,
  seen_at timestamptz not null,
  primary key (conversation_id, person_id)
);
create index conversation_reads_by_person on conversation_reads (person_id);

-- One thing said, in whatever medium: a mail, a chat line, a call with its transcript.
create table messages (
  id uuid primary key,
  conversation_id uuid not null references conversations on delete cascade,
  at timestamptz not null,
  medium text not null check (medium in ('email', 'chat', 'form', 'call', 'visit', 'sms', 'api')),
  direction text not null check (direction in ('in', 'out', 'internal')),
  author_kind text not null check (author_kind in ('customer', 'person', 'stranger', 'integration', 'system')),
  author_id uuid,
  author_organisation uuid,
  author_name text not null,
  from_address jsonb,
  to_addresses jsonb not null default '[]',
  cc_addresses jsonb not null default '[]',
  subject text,
  text text not null,                          -- the body, or the transcript of what was spoken
  reply_text text not null,                    -- the new words
  quoted_text text not null default '',
  html text,                                   -- safe, without quotes; null when the mail had none
  quoted_html text,
  remote_images int not null default 0,
  media jsonb not null default '[]',           -- recordings and the like: file, kind, seconds
  sent_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  automatic text,
  marks text[] not null default '{}',
  authentication jsonb,                        -- SPF, DKIM, DMARC as checked on arrival
  authentication_state text not null default 'none' check (authentication_state in ('none', 'pending', 'done')),
  inbound_id uuid references inbound_messages,
  mail_id text,                                -- the Message-ID, ours or theirs
  historic boolean not null default false
);
create index messages_by_conversation on messages (conversation_id, at, id);
create index messages_by_inbound on messages (inbound_id) where inbound_id is not null;
create index messages_to_authenticate on messages (id) where authentication_state = 'pending';

create table attachments (
  id uuid primary key,
  message_id uuid not null references messages on delete cascade,
  file text not null references files,
  filename text not null,
  content_type text not null,
  size bigint not null,
  content_id text,
  inline boolean not null default false
);
create index attachments_by_message on attachments (message_id);
create index attachments_by_file on attachments (file);

-- Which Message-IDs lead to which conversation: those of its own mails and those they refer to, so that a thread is
-- found again whatever arrives first and whatever is missing.
create table thread_links (
  message_hash uuid not null,                  -- first 16 bytes of the SHA-256 of the Message-ID
  conversation_id uuid not null references conversations on delete cascade,
  own boolean not null,                        -- a mail of this conversation has this id; otherwise one only refers to it
  primary key (message_hash, conversation_id)
);
create index thread_links_by_conversation on thread_links (conversation_id);
