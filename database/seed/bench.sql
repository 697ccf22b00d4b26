-- FOR THE BENCH ONLY. Fills an instance that was just set up with fictional people, customers, conversations and messages,
-- straight into the product's tables: a million messages through the verbs would take an hour. The rows are what the verbs
-- would have left behind, except that all mails share the raw bytes of fifty.
--
-- The same sizes always give the same rows. How many comes from `seed.conversations` and `seed.messages`. Each statement
-- stands between lines of dashes with the name of what it fills.

---- words
create function pg_temp.rnd(i bigint, salt bigint, n bigint) returns bigint immutable language sql
  return (hashint8extended(i, salt) & 4611686018427387903) % n;
create function pg_temp.uuid7(at timestamptz, seed text) returns uuid immutable language sql
  return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(seed), 1, 3) || '8' || substr(md5(seed), 4, 15))::uuid;
create function pg_temp.pick(words text[], i bigint) returns text immutable language sql
  return words[1 + i % array_length(words, 1)];
create function pg_temp.short_hash(text) returns uuid immutable language sql
  return encode(substr(sha256(convert_to($1, 'UTF8')), 1, 16), 'hex')::uuid;
create temp table word as select
  array['Ana','Bo','Chidi','Dunja','Emre','Farah','Goran','Hana','Ivo','Jun','Kaja','Liam','Mira','Noor','Omar','Pia','Quinn','Rosa','Sven','Tala'] as first,
  array['Abel','Brandt','Castro','Dahl','Eze','Fischer','Galli','Horvat','Ito','Jansen','Kovac','Lund','Moreau','Nagy','Okafor','Petrov','Quist','Rossi','Silva','Tanaka'] as last,
  array['Invoice shows the wrong amount','Cannot sign in since this morning','Delivery arrived incomplete','How do I export my data','Refund still missing','The app closes by itself','Change of address','Printer does not answer','Question about the contract','Password mail never comes','Two charges for one order','Which plan fits us'] as subject,
  array['Good morning, since yesterday the page stays empty when I open the report of last month.','We restarted it twice and waited for an hour, nothing changed.','The order was confirmed on Monday, but only two of the five boxes came.','Could you please look into this today, because our accounting closes on Friday.','I have attached what the screen shows and the number of the order.','Thank you for the quick answer, this helped us a lot.','After the update the button in the lower corner is gone and nobody here can find it.','My colleague in the other office sees the same, so it is not this computer.','Please tell me what else you need from us.','The amount on the invoice is not the one from the offer.','We would rather keep the old plan until the end of the year.','It worked again for a moment, then the same message came back.'] as sentence,
  array['billing','delivery','login','export','printer','urgent','contract','refund','app','address','onboarding','feedback'] as tag;

---- organisations
insert into organisations (id, name, kind, functions, created_at)
select pg_temp.uuid7('2024-12-01', 'org' || i), 'Partner ' || i || ' of the bench', 'partner', '{support}', '2024-12-01' from generate_series(1, 4) i;

---- teams
insert into teams (id, name, private, audience, created_at)
select id, (array['Billing','Delivery','Devices','Accounts','Sales','Partners','Repair','Legal'])[i], i = 8,
  case when i = 8 then array['team:' || id] else array['house', 'team:' || id] end, '2024-12-02'
from (select i, pg_temp.uuid7('2024-12-02', 'team' || i) as id from generate_series(1, 8) i) it;

---- people
insert into people (id, organisation_id, name, email, functions, roles, since, joined_at, audience, created_at)
select id, case when i <= 50 then (select o.id from organisations o where o.kind = 'in_house') else pg_temp.uuid7('2024-12-01', 'org' || (1 + i % 4)) end,
  pg_temp.pick(first, i) || ' ' || pg_temp.pick(last, i / 3), 'person' || i || '@staff.example', '{support}', '{responder}',
  '2024-12-03', '2024-12-03', array['house', 'person:' || id], '2024-12-03'
from word, (select i, pg_temp.uuid7('2024-12-03', 'person' || i) as id from generate_series(1, 60) i) it;
insert into memberships (team_id, person_id, since)
select pg_temp.uuid7('2024-12-02', 'team' || (1 + i % 8)), pg_temp.uuid7('2024-12-03', 'person' || i), '2024-12-03' from generate_series(1, 60) i;
-- whoever set the instance up works in two teams, so that their reads carry the keys of real work
insert into memberships (team_id, person_id, since)
select pg_temp.uuid7('2024-12-02', 'team' || t), p.id, '2024-12-03' from people p, generate_series(1, 2) t where p.auth_user_id is not null;

---- channels
insert into channels (id, kind, name, address, team_id, created_at)
select pg_temp.uuid7('2024-12-04', 'channel' || i), 'email', 'Desk ' || i, 'desk' || i || '@sinew.example', pg_temp.uuid7('2024-12-02', 'team' || i), '2024-12-04'
from generate_series(1, 3) i;

---- companies
insert into companies (id, name, since, stage, created_at)
select pg_temp.uuid7('2024-12-05', 'company' || i), pg_temp.pick(last, i) || ' & ' || pg_temp.pick(last, i / 7) || ' ' || i, '2024-12-05', 'customer', '2024-12-05'
from word, generate_series(1, greatest(1, current_setting('seed.conversations')::int / 50)) i;

---- customers
insert into customers (id, name, company_id, created_at)
select pg_temp.uuid7('2024-12-06', 'customer' || i), pg_temp.pick(first, i) || ' ' || pg_temp.pick(last, i / 20),
  case when i % 3 > 0 then pg_temp.uuid7('2024-12-05', 'company' || (1 + i % greatest(1, current_setting('seed.conversations')::int / 50))) end, '2024-12-06'
from word, generate_series(1, current_setting('seed.conversations')::int * 7 / 10) i;

---- contact points
insert into contact_points (kind, value, customer_id, created_at)
select 'email', 'customer' || i || '@mail.example', pg_temp.uuid7('2024-12-06', 'customer' || i), timestamptz '2024-12-06'
from generate_series(1, current_setting('seed.conversations')::int * 7 / 10) i
union all
select 'email', 'customer' || i || '@private.example', pg_temp.uuid7('2024-12-06', 'customer' || i), timestamptz '2024-12-07'
from generate_series(1, current_setting('seed.conversations')::int * 7 / 10, 9) i;

---- the plan
-- One conversation in twenty has exactly 30 messages; the others share the rest unevenly.
create temp table plan as
with weighed as (
  select i, i % 20 = 0 as thirty, case when i % 20 = 0 then 0 else (array[0, 1, 1, 2, 3, 4, 6, 9, 14, 25])[1 + pg_temp.rnd(i, 1, 10)] end as weight
  from generate_series(1::bigint, current_setting('seed.conversations')::bigint) i
), spread as (
  select *, sum(weight) over (order by i) as upto, sum(weight) over () as whole,
    current_setting('seed.messages')::bigint - 29 * count(*) filter (where thirty) over () - count(*) over () as more
  from weighed
), sized as (
  select i, case when thirty then 30 else 1 + upto * more / whole - (upto - weight) * more / whole end as size from spread
)
select i, size, pg_temp.uuid7(started, 'conversation' || i) as id, started, gap, owner, 1 + pg_temp.rnd(i, 3, 8) as team,
  1 + pg_temp.rnd(i, 4, current_setting('seed.conversations')::bigint * 7 / 10) as customer,
  case when i > current_setting('seed.conversations')::bigint * 9 / 10
    then (array['open', 'open', 'open', 'waiting', 'snoozed', 'closed', 'closed', 'closed', 'closed', 'closed'])[1 + pg_temp.rnd(i, 5, 10)]
    else (array['open', 'waiting', 'snoozed'])[1 + pg_temp.rnd(i, 5, 60)] end as status,
  started + (size - 1) * gap as last_at
from (
  select *, timestamptz '2025-01-01' + (i - 1) * (interval '365 days' / current_setting('seed.conversations')::int) as started,
    interval '40 minutes' + pg_temp.rnd(i, 2, 20000) * interval '1 second' as gap,
    case when pg_temp.rnd(i, 6, 10) < 8 then 1 + pg_temp.rnd(i, 7, 60) end as owner
  from sized
) timed;
update plan set status = 'closed' where status is null;
analyze plan;

---- conversations
insert into conversations (id, subject, status, status_since, snoozed_until, medium, channel_id, customer_id, owner_id, team_id, tags, audience,
  last_at, last_direction, last_from, last_snippet, last_inbound_at, created_at, updated_at)
select p.id, pg_temp.pick(subject, p.i) || ' (' || p.i || ')', p.status, p.last_at, case when p.status = 'snoozed' then timestamptz '2027-06-01' + p.i * interval '1 minute' end,
  'email', pg_temp.uuid7('2024-12-04', 'channel' || (1 + p.i % 3)), pg_temp.uuid7('2024-12-06', 'customer' || p.customer),
  pg_temp.uuid7('2024-12-03', 'person' || p.owner), t.id,
  case when p.i % 3 = 0 then array[pg_temp.pick(tag, p.i / 3)] when p.i % 7 = 0 then array[pg_temp.pick(tag, p.i), pg_temp.pick(tag, p.i + 5)] else '{}' end,
  case when t.private then array['team:' || t.id] else array['house', 'team:' || t.id] end,
  p.last_at, 'in', pg_temp.pick(first, p.customer) || ' ' || pg_temp.pick(last, p.customer / 20),
  left(pg_temp.pick(sentence, p.i) || ' ' || pg_temp.pick(sentence, p.i / 12), 140), p.last_at, p.started, p.last_at
from plan p join teams t on t.id = pg_temp.uuid7('2024-12-02', 'team' || p.team), word
order by p.i;

---- participants
insert into conversation_participants (conversation_id, address, name, customer_id, admitted)
select p.id, 'customer' || p.customer || '@mail.example', pg_temp.pick(first, p.customer) || ' ' || pg_temp.pick(last, p.customer / 20),
  pg_temp.uuid7('2024-12-06', 'customer' || p.customer), true from plan p, word
union all
select p.id, 'desk' || (1 + p.i % 3) || '@sinew.example', '', null, true from plan p;

---- reads
insert into conversation_reads (conversation_id, person_id, seen_at)
select plan.id, p.id, plan.last_at - interval '1 hour' * (plan.i % 2) from plan, people p where p.auth_user_id is not null and plan.i % 4 > 0;

---- messages
-- First and last are the customer's; between them the customer, the owner and, now and then, a note.
insert into messages (id, conversation_id, at, medium, direction, author_kind, author_id, author_organisation, author_name, from_address,
  to_addresses, cc_addresses, subject, text, reply_text, quoted_text, html, sent_at, mail_id, inbound_id)
select pg_temp.uuid7(at, 'message' || i || '.' || m), id, at, 'email', direction,
  case when direction = 'in' then 'customer' else 'person' end,
  case when direction = 'in' then pg_temp.uuid7('2024-12-06', 'customer' || customer) else pg_temp.uuid7('2024-12-03', 'person' || writer) end,
  case when direction <> 'in' then (select o.id from organisations o where o.kind = 'in_house') end,
  name, case direction when 'in' then jsonb_build_object('address', 'customer' || customer || '@mail.example', 'name', name)
    when 'out' then jsonb_build_object('address', desk, 'name', name) end,
  case direction when 'in' then jsonb_build_array(jsonb_build_object('address', desk, 'name', ''))
    when 'out' then jsonb_build_array(jsonb_build_object('address', 'customer' || customer || '@mail.example', 'name', '')) else '[]' end,
  '[]', case when m > 1 then 'Re: ' else '' end || subject || ' (' || i || ')',
  words || case when m > 1 and direction <> 'internal' then e'\n\n' || quoted else '' end, words, case when m > 1 and direction <> 'internal' then quoted else '' end,
  case when pg_temp.rnd(n, 11, 2) = 0 then '<p>' || replace(words, '. ', '.</p><p>') || '</p>' end, at,
  case when direction <> 'internal' then '<' || i || '.' || m || '@mail.example>' end,
  case when direction = 'in' then pg_temp.uuid7(at, 'inbound' || i || '.' || m) end
from (
  select p.*, m, n, started + (m - 1) * gap as at, coalesce(owner, 1 + i % 60) as writer, 'desk' || (1 + i % 3) || '@sinew.example' as desk,
    case when direction = 'in' then pg_temp.pick(first, customer) || ' ' || pg_temp.pick(last, customer / 20)
      else pg_temp.pick(first, coalesce(owner, 1 + i % 60)) || ' ' || pg_temp.pick(last, coalesce(owner, 1 + i % 60) / 3) end as name, direction,
    pg_temp.pick(subject, i) as subject, e'> ' || pg_temp.pick(sentence, n + 3) || e'\n> ' || pg_temp.pick(sentence, n + 5) as quoted,
    (select string_agg(pg_temp.pick(sentence, n + pg_temp.rnd(n, k, 12)), ' ') from generate_series(1, 2 + n % 5) k) as words
  from plan p, word, lateral generate_series(1, size) m, lateral (select i * 101 + m as n) numbered, lateral (
    select case when m = 1 or m = size then 'in' when pg_temp.rnd(n, 10, 10) = 0 then 'internal' when m % 2 = 0 then 'out' else 'in' end as direction
  ) sided
) said;

---- attachments
insert into files (sha256, size, bytes, created_at)
select encode(sha256(bytes), 'hex'), length(bytes), bytes, '2025-01-01'
from (select convert_to(repeat('A page of the bench. ' || i || ' ', 40), 'UTF8') as bytes from generate_series(1, 50) i) it;
insert into attachments (id, message_id, file, filename, content_type, size, content_id, inline)
select pg_temp.uuid7(m.at, 'attachment' || m.id), m.id, f.sha256, 'page-' || f.place || '.txt', 'text/plain', f.size, null, false
from messages m join (select *, row_number() over (order by sha256) as place from files) f
  on f.place = 1 + (hashtext(m.id::text) & 65535) % 50 and (hashtext(m.id::text) & 65535) % 12 = 0
where m.direction <> 'internal';

---- raw mail
insert into inbound_messages (id, via, state, envelope_to, raw_file, size, received_at, sender, subject, outcome, conversation_id, message_id)
select m.inbound_id, 'api', 'processed', '{}', f.sha256, f.size, m.at, m.from_address ->> 'address', m.subject,
  case when m.subject like 'Re: %' then 'appended' else 'started' end, m.conversation_id, m.id
from messages m join (select *, row_number() over (order by sha256) as place from files) f on f.place = 1 + (hashtext(m.id::text) & 65535) % 50
where m.inbound_id is not null;
insert into mail_identities (message_hash, body_hash, inbound_id)
select pg_temp.short_hash(mail_id), pg_temp.short_hash(text || id), inbound_id from messages where inbound_id is not null;

---- thread links
insert into thread_links (message_hash, conversation_id, own)
select pg_temp.short_hash(mail_id), conversation_id, true from messages where mail_id is not null;

---- event log
insert into event_log (position, name, subject_kind, subject_id, data, actor_kind, actor_id, at)
select row_number() over (order by at, id, rank) + (select count(*) from event_log), name, 'conversation', id, data, actor_kind, actor_id, at from (
  select id, started as at, 0 as rank, 'conversation.started' as name, 'integration' as actor_kind, 'bench' as actor_id, jsonb_build_object(
    'conversationId', id, 'medium', 'email', 'customerId', pg_temp.uuid7('2024-12-06', 'customer' || customer), 'channelId', null) as data from plan
  union all
  select conversation_id, at, 1, case direction when 'in' then 'message.received' else 'note.written' end, case direction when 'in' then 'integration' else 'person' end,
    case direction when 'in' then 'bench' else author_id::text end, jsonb_build_object('conversationId', conversation_id, 'messageId', id) from messages where direction <> 'out'
  union all
  select id, started + interval '9 minutes', 2, 'conversation.assigned', 'person', pg_temp.uuid7('2024-12-03', 'person' || owner)::text,
    jsonb_build_object('conversationId', id, 'ownerId', pg_temp.uuid7('2024-12-03', 'person' || owner)) from plan where owner is not null
  union all
  select id, last_at + interval '5 minutes', 3, 'conversation.closed', 'person', pg_temp.uuid7('2024-12-03', 'person' || coalesce(owner, 1))::text,
    jsonb_build_object('conversationId', id) from plan where status = 'closed'
) happened;
-- what follows the log has nothing to do about invented history
update event_readers set position = (select max(position) from event_log);
