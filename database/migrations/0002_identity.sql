-- Who there is: organisations, people, teams, and how they prove who they are.

create table organisations (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('in_house', 'partner', 'supplier')),
  functions text[] not null default '{}',      -- what this organisation does for customers: support, billing, repair …
  external_id text unique,
  created_at timestamptz not null
);
-- names are told apart whatever their case; also the order of the organisations page
create unique index organisations_by_name on organisations (lower(name));

-- A person exists from the moment they joined or were imported. Who was only imported has no auth_user_id and cannot sign in.
create table people (
  id uuid primary key,
  organisation_id uuid not null references organisations (id),
  name text not null,
  email text not null check (email = lower(email)),
  functions text[] not null default '{}',
  roles text[] not null default '{}',
  workplace text,                              -- private: only the person and administrators read it
  language text,
  time_zone text,
  external_id text unique,
  auth_user_id uuid unique,
  since timestamptz,                           -- when they began and stopped to work here, where known
  until timestamptz,
  invited_at timestamptz,
  joined_at timestamptz,
  deactivated_at timestamptz,
  audience text[] not null,                    -- who finds this person: the house, themselves, their teams
  created_at timestamptz not null
);
create unique index people_by_email on people (email);
-- the people page: by name, keyset-paged
create index people_by_name on people (lower(name), id);
create index people_by_organisation on people (organisation_id);
-- the last administrator is looked for on each change of roles
create index people_administrators on people (id) where 'administrator' = any (roles) and deactivated_at is null;

create table teams (
  id uuid primary key,
  name text not null,
  purpose text,
  private boolean not null default false,      -- its conversations are seen by its members only
  external_id text unique,
  archived_at timestamptz,                     -- takes no new work; its past stays with its members
  audience text[] not null,                    -- who finds this team: the house and its members
  created_at timestamptz not null
);
create unique index teams_by_name on teams (lower(name)) where archived_at is null;
-- the teams page: by name, keyset-paged
create index teams_in_order on teams (lower(name), id);

create table memberships (
  team_id uuid not null references teams (id),
  person_id uuid not null references people (id) on delete cascade,
  since timestamptz not null,
  primary key (team_id, person_id)
);
-- the teams a person is in, read for each signed-in request that is not cached
create index memberships_by_person on memberships (person_id, since);

create table invitations (
  id uuid primary key,
  email text not null check (email = lower(email)),
  name text,
  organisation_id uuid not null references organisations (id),
  roles text[] not null default '{}',
  team_ids uuid[] not null default '{}',
  token_sha256 text not null unique,           -- the link is told once and only its hash is kept
  invited_by text not null,                    -- the actor's id: a person or a key
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
-- one open invitation per address
create unique index invitations_open on invitations (email) where used_at is null and revoked_at is null;

-- The way into an instance where nobody is yet. All rows go when the first administrator has come in.
create table setup_links (
  token_sha256 text primary key,
  created_at timestamptz not null
);

create table api_keys (
  id uuid primary key,
  name text not null,
  prefix text not null,                        -- told on the keys page, so that one can find the key again
  sha256 text not null unique,                 -- read on each request that carries a key and is not cached
  scopes text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,                    -- to the minute
  revoked_at timestamptz
);

-- Staff sign-in. These tables belong to the sign-in library: it only proves who someone is.
create table auth_users (
  id uuid primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
alter table people add foreign key (auth_user_id) references auth_users (id);

create table auth_sessions (
  id uuid primary key,
  user_id uuid not null references auth_users (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_sessions_by_user on auth_sessions (user_id);

create table auth_accounts (
  id uuid primary key,
  user_id uuid not null references auth_users (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_accounts_by_user on auth_accounts (user_id);

create table auth_verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_verifications_by_identifier on auth_verifications (identifier);

create table auth_two_factors (
  id uuid primary key,
  user_id uuid not null references auth_users (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count int default 0,
  locked_until timestamptz
);
create index auth_two_factors_by_user on auth_two_factors (user_id);
create index auth_two_factors_by_secret on auth_two_factors (secret);

create table auth_rate_limits (
  id uuid primary key,
  key text not null unique,
  count int not null,
  last_request bigint not null                 -- milliseconds since 1970
);
