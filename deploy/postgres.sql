-- Makes the role and the database of the service, once, when the volume is new. The
-- service owns what it keeps, and is no superuser. Its password is the fifth field of
-- the file that it reads itself.
\set password `cut -d : -f 5 /run/secrets/pgpass`
CREATE ROLE items LOGIN PASSWORD :'password';
CREATE DATABASE items OWNER items;
