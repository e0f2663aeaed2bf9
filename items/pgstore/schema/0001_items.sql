-- All items. folded is the name with the case of its letters folded, for searches.
CREATE TABLE items (
    id          bigint      PRIMARY KEY,
    name        text        NOT NULL,
    folded      text        NOT NULL,
    description text        NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    version     bigint      NOT NULL
);

-- The largest id that was ever assigned, in its one row. A transaction that assigns
-- ids has the row locked until it ends, so that items appear in the order of their ids.
CREATE TABLE items_last (
    one boolean PRIMARY KEY CHECK (one),
    id  bigint  NOT NULL
);
INSERT INTO items_last (one, id) VALUES (true, 0);

-- The keys of creations that may be asked for again. draft is the SHA-256 of what
-- was asked for.
CREATE TABLE items_keys (
    key        bytea       PRIMARY KEY,
    draft      bytea       NOT NULL,
    id         bigint      NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX items_keys_created_at ON items_keys (created_at);
