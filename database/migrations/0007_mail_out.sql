-- What goes out: a row beside each message that is to be mailed, with everything its mail needs that the message does not
-- say, and how it stands. Fixed when it is written, so that a mail sent twice is known to be the same.
create table outbox_messages (
  message_id uuid primary key references messages on delete cascade,
  state text not null default 'queued' check (state in ('queued', 'sent', 'delivered', 'bounced', 'failed')),
  send_at timestamptz not null,                -- when it is meant to go: the date it bears
  due_at timestamptz,                          -- of the next try; null when none follows
  claimed_until timestamptz,                   -- somebody is sending it; past this they must have died
  claims int not null default 0,               -- how often it was claimed: only the last claim may say how it went
  tries int not null default 0,                -- since it was queued
  envelope_from text not null,
  reply_to text not null,
  in_reply_to text,
  reference_ids text[] not null default '{}',
  recipients jsonb not null,                   -- each with an address, its state and what was said of it
  note text check (note in ('written_to_outbox')),
  check ((state = 'queued') = (due_at is not null))
);
-- what to send now, and nothing else
create index outbox_messages_due on outbox_messages (due_at) where state = 'queued';

-- Each try to send a mail, with what the servers said to each other: bounded, without passwords.
create table delivery_attempts (
  id uuid primary key,
  message_id uuid not null references outbox_messages on delete cascade,
  at timestamptz not null,
  outcome text not null check (outcome in ('accepted', 'partly', 'refused', 'postponed', 'interrupted', 'written', 'reported')),
  dialogue text not null
);
create index delivery_attempts_by_message on delivery_attempts (message_id, id);

-- Mails that were written to the outbox folder and whose message was deleted for good: a job removes them from the disk.
create table outbox_removals (
  message_id uuid primary key,
  at timestamptz not null
);
