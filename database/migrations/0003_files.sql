-- Bytes by their SHA-256: raw mail and attachments. The same bytes are kept once.
create table files (
  sha256 text primary key,
  size bigint not null,
  bytes bytea,                                 -- up to 64 KiB here; larger ones in the file store, written before this row
  created_at timestamptz not null
);

-- files whose last reference went: a job removes their bytes from the file store
create table file_removals (
  sha256 text primary key,
  at timestamptz not null
);
