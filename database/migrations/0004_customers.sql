-- Customers and companies, with the life cycle of the relationship from the first day: it cannot be made up later.
create table companies (
  id uuid primary key,
  name text not null,
  external_id text unique,
  since date, until date, stage text, value numeric, plan text, reason_left text,
  fields jsonb not null default '{}',
  created_at timestamptz not null
);

create table customers (
  id uuid primary key,
  name text,
  company_id uuid references companies,
  external_id text unique,
  language text,
  time_zone text,
  since date, until date, stage text, value numeric, plan text, reason_left text,
  fields jsonb not null default '{}',
  created_at timestamptz not null
);
create index customers_by_company on customers (company_id) where company_id is not null;

-- An address, phone number or visitor id belongs to one customer.
create table contact_points (
  kind text not null check (kind in ('email', 'phone', 'visitor')),
  value text not null,                         -- e-mail in lower case
  customer_id uuid not null references customers on delete cascade,
  created_at timestamptz not null,
  primary key (kind, value)                    -- who writes to us: one lookup per mail
);
create index contact_points_by_customer on contact_points (customer_id);
