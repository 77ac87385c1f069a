-- The tables and functions of a store in PostgreSQL, 13 or later (specification of Writ, 9.6); no extension is needed.
--
--   psql -v ON_ERROR_STOP=1 -f 001-store.sql DATABASE
--
-- It is one transaction, and fails, changing nothing, where the schema is there already. For another name of the
-- schema:  sed 's/\bwrit\b/other/' 001-store.sql
--
-- Whoever applies it owns all of it, and the functions have its rights. A service is better another role, which needs
-- these and reads no table:
--
--   GRANT USAGE ON SCHEMA writ TO service;
--   GRANT EXECUTE ON FUNCTION writ.charge, writ.settle, writ.look, writ.lift, writ.prune TO service;
--
-- An operator needs writ.accept, too.

BEGIN;

CREATE SCHEMA writ;
SET LOCAL search_path = writ, pg_temp;

CREATE TABLE migrations (version text PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now());
INSERT INTO migrations (version) VALUES ('001');

-- The store itself, once: which it is, and the latest time that it has seen. Its epoch begins with when an operator
-- accepted it, 8 bytes of microseconds that grow, 0 where nobody did; 16 random bytes follow.
CREATE TABLE store (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch bytea NOT NULL CHECK (length(epoch) = 24),
  latest bigint NOT NULL CHECK (latest >= 0)
);

-- Keys are SHA-256 of what the caller names, since an index takes no key of any length. Where until is null, a row is
-- never forgotten.
CREATE TABLE nonces (key bytea PRIMARY KEY CHECK (length(key) = 32), until bigint);
CREATE TABLE counters (
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  until bigint,
  used bigint NOT NULL CHECK (used >= 0),
  name bytea NOT NULL
) WITH (fillfactor = 70);
-- What was used of a counter with a window, by second; the counter has the sum.
CREATE TABLE uses (
  key bytea,
  used_at bigint,
  cost bigint NOT NULL CHECK (cost >= 0),
  PRIMARY KEY (key, used_at)
) WITH (fillfactor = 70);
CREATE TABLE plans (
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  until bigint,
  reached integer NOT NULL CHECK (reached >= 0 AND reached < cardinality(taken)),
  taken bigint[] NOT NULL CHECK (array_position(taken, NULL) IS NULL AND 0 <= ALL (taken))
) WITH (fillfactor = 70);
CREATE TABLE kept (
  key bytea PRIMARY KEY CHECK (length(key) = 32),
  until bigint,
  said_at bigint NOT NULL,
  what bytea NOT NULL,
  final boolean NOT NULL
);
-- Entries are [key of the counter, second or null, unit, cost], and null where they were settled.
CREATE TABLE reservations (key bytea PRIMARY KEY CHECK (length(key) = 32), until bigint, entries jsonb);

CREATE INDEX ON nonces (until);
CREATE INDEX ON counters (until);
CREATE INDEX ON plans (until);
CREATE INDEX ON kept (until);
CREATE INDEX ON reservations (until);

-- What an advisory lock is taken on: a row that is not there yet cannot be locked.
CREATE FUNCTION lock_of(kind text, key bytea) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN hashtextextended(kind || encode(key, 'hex'), current_schema()::regnamespace::oid::bigint);
END $$;

-- The functions that a service calls fix the search path for those that they call, which only the owner may call. They
-- turn off plans that read whole tables, since what is planned while one is empty is also used when it is large.

-- Waits for the locks, always in ascending order, so that no two calls wait for each other.
CREATE FUNCTION lock_all(locks bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  each bigint;
BEGIN
  FOR each IN SELECT DISTINCT lock FROM unnest(locks) AS lock ORDER BY lock LOOP
    PERFORM pg_advisory_xact_lock(each);
  END LOOP;
END $$;

-- Checks what the promises of a store rest on, and lets others in, or nobody.
CREATE FUNCTION begin_call(asked jsonb, alone boolean) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    -- Of what others committed while it waits for locks, a transaction of another level sees nothing.
    RAISE EXCEPTION 'store.failed' USING ERRCODE = 'WR001', DETAIL = 'isolation is not read committed';
  END IF;
  IF current_setting('transaction_read_only') = 'on' THEN
    RAISE EXCEPTION 'store.failed' USING ERRCODE = 'WR001', DETAIL = 'read-only';
  END IF;
  IF current_setting('fsync') = 'off' THEN
    RAISE EXCEPTION 'store.failed' USING ERRCODE = 'WR001', DETAIL = 'fsync is off';
  END IF;
  IF current_setting('synchronous_commit') = 'off' THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  PERFORM set_config('lock_timeout', asked->>'timeout', true);
  IF alone THEN
    PERFORM pg_advisory_xact_lock(lock_of('store', ''));
  ELSE
    PERFORM pg_advisory_xact_lock_shared(lock_of('store', ''));
  END IF;
END $$;

-- Compares the store with what the caller was told of it before, and makes it where it may. Called when all locks are
-- had: who waited too long has no caller any more.
CREATE FUNCTION meet(asked jsonb, make boolean) RETURNS store
LANGUAGE plpgsql AS $$
DECLARE
  found_store store;
  known bytea := decode(asked->>'epoch', 'hex');
  told bytea[] := ARRAY(SELECT sha256(decode(t->>0, 'hex')) FROM jsonb_array_elements(asked->'nonces') AS t);
  there bytea[];
BEGIN
  IF clock_timestamp() > statement_timestamp() + (asked->>'timeout')::int * interval '1 millisecond' THEN
    RAISE EXCEPTION 'store.timeout' USING ERRCODE = 'WR001';
  END IF;
  -- One statement, since between two of them a nonce could come to its end.
  SELECT s.*, ARRAY(SELECT key FROM nonces WHERE key = ANY (told))
  INTO found_store.one, found_store.epoch, found_store.latest, there FROM store s;
  IF found_store.epoch IS NULL THEN
    IF known IS NOT NULL THEN
      RAISE EXCEPTION 'store.lost' USING ERRCODE = 'WR001';
    END IF;
    IF EXISTS (SELECT FROM nonces) OR EXISTS (SELECT FROM counters) OR EXISTS (SELECT FROM plans)
      OR EXISTS (SELECT FROM kept) OR EXISTS (SELECT FROM reservations) THEN
      -- Another may have made it since.
      IF NOT EXISTS (SELECT FROM store) THEN
        RAISE EXCEPTION 'store.damaged' USING ERRCODE = 'WR001', DETAIL = 'rows without their store';
      END IF;
    END IF;
    IF make THEN
      INSERT INTO store (epoch, latest) VALUES (new_epoch(0), 0) ON CONFLICT DO NOTHING;
    END IF;
    SELECT * INTO found_store FROM store;
  ELSIF known <> found_store.epoch THEN
    -- One that was accepted later than the one that is known takes its place; a copy of an earlier one does not.
    IF substring(found_store.epoch FOR 8) <= substring(known FOR 8) THEN
      RAISE EXCEPTION 'store.lost' USING ERRCODE = 'WR001';
    END IF;
  ELSIF known IS NOT NULL AND EXISTS (
    SELECT FROM jsonb_array_elements(asked->'nonces') AS t
    WHERE (t->>1 IS NULL OR (t->>1)::bigint > found_store.latest - 30) AND sha256(decode(t->>0, 'hex')) <> ALL (there)
  ) THEN
    RAISE EXCEPTION 'store.older' USING ERRCODE = 'WR001';
  END IF;
  RETURN found_store;
END $$;

CREATE FUNCTION new_epoch(accepted bigint) RETURNS bytea
LANGUAGE plpgsql AS $$
BEGIN
  -- One has 122 random bits.
  RETURN int8send(accepted) || substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) FROM 1 FOR 16);
END $$;

-- When an epoch was accepted, in microseconds.
CREATE FUNCTION accepted_at(epoch bytea) RETURNS bigint
LANGUAGE sql AS $$ SELECT ('x' || encode(substring(epoch FOR 8), 'hex'))::bit(64)::bigint $$;

-- The time at which a call is done.
CREATE FUNCTION time_of(asked jsonb, latest bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
  IF (asked->>'now')::bigint < latest - 30 THEN
    RAISE EXCEPTION 'store.clock' USING ERRCODE = 'WR001';
  END IF;
  RETURN greatest((asked->>'now')::bigint, latest);
END $$;

-- Last in every call, since all share this row, and only where the time grows.
CREATE FUNCTION advance(moment bigint, latest_then bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF moment > latest_then THEN
    UPDATE store SET latest = moment WHERE latest < moment;
  END IF;
END $$;

-- Drops rows that are past their time, up to so many, but not those of whom another call has the lock.
CREATE FUNCTION forget(moment bigint, most integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  before bigint := moment - 30;
  found_kinds text[];
  found_keys bytea[];
  dropped integer := 0;
  count integer;
BEGIN
  WITH candidates AS MATERIALIZED (
    (SELECT 'once' AS kind, key FROM nonces WHERE until <= before ORDER BY until LIMIT most)
    UNION ALL (SELECT 'spend', key FROM counters WHERE until <= before ORDER BY until LIMIT most)
    UNION ALL (SELECT 'step', key FROM plans WHERE until <= before ORDER BY until LIMIT most)
    UNION ALL (SELECT 'keep', key FROM kept WHERE until <= before ORDER BY until LIMIT most)
    UNION ALL (SELECT 'reserve', key FROM reservations WHERE until <= before ORDER BY until LIMIT most)
    LIMIT most
  )
  SELECT array_agg(kind), array_agg(key) INTO found_kinds, found_keys
  FROM candidates WHERE pg_try_advisory_xact_lock(lock_of(kind, key));
  IF found_keys IS NULL THEN
    RETURN 0;
  END IF;
  -- Looked at again: what is locked now may have been written anew before.
  IF 'once' = ANY (found_kinds) THEN
    DELETE FROM nonces n USING unnest(found_kinds, found_keys) AS f (kind, key)
    WHERE f.kind = 'once' AND n.key = f.key AND n.until <= before;
    GET DIAGNOSTICS count = ROW_COUNT;
    dropped := dropped + count;
  END IF;
  IF 'spend' = ANY (found_kinds) THEN
    WITH gone AS (
      DELETE FROM counters c USING unnest(found_kinds, found_keys) AS f (kind, key)
      WHERE f.kind = 'spend' AND c.key = f.key AND c.until <= before RETURNING c.key
    ), emptied AS (DELETE FROM uses u USING gone WHERE u.key = gone.key)
    SELECT count(*) INTO count FROM gone;
    dropped := dropped + count;
  END IF;
  IF 'step' = ANY (found_kinds) THEN
    DELETE FROM plans p USING unnest(found_kinds, found_keys) AS f (kind, key)
    WHERE f.kind = 'step' AND p.key = f.key AND p.until <= before;
    GET DIAGNOSTICS count = ROW_COUNT;
    dropped := dropped + count;
  END IF;
  IF 'keep' = ANY (found_kinds) THEN
    DELETE FROM kept k USING unnest(found_kinds, found_keys) AS f (kind, key)
    WHERE f.kind = 'keep' AND k.key = f.key AND k.until <= before;
    GET DIAGNOSTICS count = ROW_COUNT;
    dropped := dropped + count;
  END IF;
  IF 'reserve' = ANY (found_kinds) THEN
    DELETE FROM reservations r USING unnest(found_kinds, found_keys) AS f (kind, key)
    WHERE f.kind = 'reserve' AND r.key = f.key AND r.until <= before;
    GET DIAGNOSTICS count = ROW_COUNT;
    dropped := dropped + count;
  END IF;
  RETURN dropped;
END $$;

-- How an operation stands, and whether it holds; of a step also which it takes.
CREATE FUNCTION judge(operation jsonb, moment bigint) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  id bytea := sha256(decode(operation->>'key', 'hex'));
  seen boolean;
  span bigint;
  total bigint;
  frees bigint;
  row_kept kept;
  place integer;
  counts bigint[];
  step jsonb;
  takes integer;
BEGIN
  CASE operation->>'kind'
  WHEN 'once' THEN
    seen := EXISTS (SELECT FROM nonces WHERE key = id AND (until IS NULL OR until > moment - 30));
    RETURN jsonb_build_object('holds', NOT seen, 'standing', jsonb_build_object('used', seen::int));
  WHEN 'spend' THEN
    span := (operation->>'window')::bigint;
    SELECT used INTO total FROM counters WHERE key = id;
    total := coalesce(total, 0);
    IF span IS NOT NULL THEN
      total := total - coalesce((SELECT sum(cost) FROM uses WHERE key = id AND used_at <= moment - span), 0);
      frees := (SELECT min(used_at) FROM uses WHERE key = id AND used_at > moment - span) + span;
    END IF;
    IF total < 0 THEN
      RAISE EXCEPTION 'store.damaged' USING ERRCODE = 'WR001', DETAIL = 'use';
    END IF;
    RETURN jsonb_build_object(
      'holds', (operation->>'cost')::bigint <= (operation->>'amount')::bigint - total,
      'standing', jsonb_build_object('used', total, 'frees', frees)
    );
  WHEN 'keep' THEN
    SELECT * INTO row_kept FROM kept WHERE key = id AND (until IS NULL OR until > moment - 30);
    IF NOT FOUND THEN
      RETURN '{"holds": true, "standing": {"used": 0}}';
    END IF;
    RETURN jsonb_build_object(
      'holds', (row_kept.said_at = (operation->>'at')::bigint AND row_kept.what = decode(operation->>'what', 'hex'))
        OR replaces(operation, row_kept),
      'standing', jsonb_build_object('used', 1, 'kept', jsonb_build_object(
        'at', row_kept.said_at, 'what', encode(row_kept.what, 'hex'), 'final', row_kept.final))
    );
  WHEN 'step' THEN
    SELECT reached, taken INTO place, counts FROM plans WHERE key = id;
    IF NOT FOUND THEN
      place := 0;
      counts := array_fill(0::bigint, ARRAY[jsonb_array_length(operation->'steps')]);
    ELSIF cardinality(counts) <> jsonb_array_length(operation->'steps') THEN
      RAISE EXCEPTION 'store.damaged' USING ERRCODE = 'WR001', DETAIL = 'plan';
    END IF;
    -- A step is open where all from the last one that was taken up to it have their least number of uses.
    FOR i IN place .. cardinality(counts) - 1 LOOP
      step := operation->'steps'->i;
      IF (step->>'admits')::boolean AND counts[i + 1] < (step->>'max')::bigint THEN
        takes := i;
        EXIT;
      END IF;
      EXIT WHEN counts[i + 1] < (step->>'min')::bigint;
    END LOOP;
    RETURN jsonb_build_object('holds', takes IS NOT NULL, 'takes', takes, 'standing', jsonb_build_object(
      'used', (SELECT sum(count) FROM unnest(counts) AS count), 'taken', counts, 'position', place));
  END CASE;
END $$;

-- What ended has ended, in whatever order it is learnt.
CREATE FUNCTION replaces(operation jsonb, before kept) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  RETURN NOT before.final AND ((operation->>'final')::boolean OR (operation->>'at')::bigint > before.said_at);
END $$;

-- Keeps what was said, whatever else of its charge refuses.
CREATE FUNCTION keep(operation jsonb, moment bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  id bytea := sha256(decode(operation->>'key', 'hex'));
  said bytea := decode(operation->>'what', 'hex');
  longest bigint := (operation->>'until')::bigint;
  before kept;
BEGIN
  SELECT * INTO before FROM kept WHERE key = id;
  IF FOUND THEN
    -- Older statements are no danger once they are stale, which is when the longest that asked says.
    longest := CASE WHEN longest IS NOT NULL AND before.until IS NOT NULL THEN greatest(longest, before.until) END;
  END IF;
  IF before.key IS NULL OR before.until <= moment - 30 OR replaces(operation, before) THEN
    INSERT INTO kept VALUES
      (id, longest, (operation->>'at')::bigint, said, (operation->>'final')::boolean)
    ON CONFLICT (key) DO UPDATE
      SET until = EXCLUDED.until, said_at = EXCLUDED.said_at, what = EXCLUDED.what, final = EXCLUDED.final;
    RETURN;
  END IF;
  IF NOT before.final AND before.said_at = (operation->>'at')::bigint AND before.what <> said THEN
    said := '';
  ELSE
    said := before.what;
  END IF;
  IF before.until IS DISTINCT FROM longest OR before.what <> said THEN
    UPDATE kept SET until = longest, what = said WHERE key = id;
  END IF;
END $$;

-- Drops the uses that have left their window.
CREATE FUNCTION slide(operation jsonb, moment bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  id bytea := sha256(decode(operation->>'key', 'hex'));
  over bigint := moment - (operation->>'window')::bigint;
  gone bigint;
BEGIN
  SELECT sum(cost) INTO gone FROM uses WHERE key = id AND used_at <= over;
  IF gone IS NOT NULL THEN
    DELETE FROM uses WHERE key = id AND used_at <= over;
    UPDATE counters SET used = used - gone WHERE key = id;
  END IF;
END $$;

-- Does an operation that holds.
CREATE FUNCTION apply(operation jsonb, moment bigint, judged jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  name_asked bytea := decode(operation->>'key', 'hex');
  id bytea := sha256(name_asked);
  ends bigint := (operation->>'until')::bigint;
  costs bigint;
  taken_now bigint[];
  takes integer;
BEGIN
  CASE operation->>'kind'
  WHEN 'once' THEN
    INSERT INTO nonces VALUES (id, ends) ON CONFLICT (key) DO UPDATE SET until = EXCLUDED.until;
  WHEN 'spend' THEN
    costs := (operation->>'cost')::bigint;
    -- What costs nothing leaves no trace.
    IF costs > 0 THEN
      INSERT INTO counters VALUES (id, ends, costs, name_asked)
      ON CONFLICT (key) DO UPDATE SET used = counters.used + EXCLUDED.used;
      IF operation->>'window' IS NOT NULL THEN
        INSERT INTO uses VALUES (id, moment, costs)
        ON CONFLICT (key, used_at) DO UPDATE SET cost = uses.cost + EXCLUDED.cost;
      END IF;
    END IF;
  WHEN 'step' THEN
    takes := (judged->>'takes')::integer;
    SELECT array_agg(count::bigint + (i - 1 = takes)::int ORDER BY i) INTO taken_now
    FROM jsonb_array_elements_text(judged->'standing'->'taken') WITH ORDINALITY AS t (count, i);
    INSERT INTO plans VALUES (id, ends, takes, taken_now)
    ON CONFLICT (key) DO UPDATE SET reached = EXCLUDED.reached, taken = EXCLUDED.taken;
  ELSE
  END CASE;
END $$;

-- The locks of all that a charge asks.
CREATE FUNCTION locks_of(asked jsonb) RETURNS bigint[]
LANGUAGE plpgsql AS $$
BEGIN
  RETURN ARRAY(
    SELECT lock_of(operation->>'kind', sha256(decode(operation->>'key', 'hex')))
    FROM jsonb_array_elements(asked->'operations') AS operation
  );
END $$;

CREATE FUNCTION charge(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off
AS $$
DECLARE
  reserved bytea := sha256(decode(asked->>'reservation', 'hex'));
  here store;
  moment bigint;
  operation jsonb;
  judged jsonb[] := '{}';
  refused integer[] := '{}';
  each jsonb;
  i integer := 0;
  many boolean := jsonb_array_length(asked->'operations') > 64;
BEGIN
  -- All databases of a server share room for some thousand locks, so that who asks for many has the store alone.
  PERFORM begin_call(asked, many);
  -- Before the counters, as where it is settled.
  IF reserved IS NOT NULL THEN
    PERFORM lock_all(ARRAY[lock_of('reserve', reserved)]);
  END IF;
  IF NOT many THEN
    PERFORM lock_all(locks_of(asked));
  END IF;
  here := meet(asked, true);
  moment := time_of(asked, here.latest);
  PERFORM forget(moment, least(jsonb_array_length(asked->'operations') + 4, 64));
  FOR operation IN SELECT * FROM jsonb_array_elements(asked->'operations') LOOP
    IF operation->>'window' IS NOT NULL THEN
      PERFORM slide(operation, moment);
    END IF;
    each := judge(operation, moment);
    judged := judged || each;
    IF NOT (each->>'holds')::boolean THEN
      refused := refused || i;
    END IF;
    i := i + 1;
  END LOOP;
  i := 0;
  FOR operation IN SELECT * FROM jsonb_array_elements(asked->'operations') LOOP
    i := i + 1;
    IF operation->>'kind' = 'keep' THEN
      PERFORM keep(operation, moment);
    ELSIF cardinality(refused) = 0 THEN
      PERFORM apply(operation, moment, judged[i]);
    END IF;
  END LOOP;
  IF cardinality(refused) = 0 AND reserved IS NOT NULL THEN
    INSERT INTO reservations
    SELECT reserved, (asked->>'reserved_until')::bigint, coalesce(jsonb_agg(jsonb_build_array(
      encode(sha256(decode(o->>'key', 'hex')), 'hex'), CASE WHEN o->>'window' IS NOT NULL THEN moment END,
      o->>'unit', (o->>'cost')::bigint)), '[]')
    FROM jsonb_array_elements(asked->'operations') AS o WHERE o->>'kind' = 'spend' AND o->>'unit' IS NOT NULL
    ON CONFLICT (key) DO UPDATE SET until = EXCLUDED.until, entries = EXCLUDED.entries;
  END IF;
  PERFORM advance(moment, here.latest);
  RETURN jsonb_build_object('epoch', encode(here.epoch, 'hex'), 'refused', refused,
    'standing', (SELECT coalesce(jsonb_agg(one->'standing' ORDER BY n), '[]') FROM unnest(judged) WITH ORDINALITY AS j (one, n)));
END $$;

CREATE FUNCTION look(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off
AS $$
DECLARE
  here store;
  moment bigint;
  operation jsonb;
  standing jsonb := '[]';
  many boolean := jsonb_array_length(asked->'operations') > 64;
BEGIN
  PERFORM begin_call(asked, many);
  IF NOT many THEN
    PERFORM lock_all(locks_of(asked));
  END IF;
  here := meet(asked, false);
  moment := greatest((asked->>'now')::bigint, here.latest);
  FOR operation IN SELECT * FROM jsonb_array_elements(asked->'operations') LOOP
    standing := standing || jsonb_build_array(judge(operation, moment)->'standing');
  END LOOP;
  RETURN jsonb_build_object('epoch', encode(here.epoch, 'hex'), 'standing', standing);
END $$;

-- Whether the reservation was open; null where it was not asked for such costs.
CREATE FUNCTION settle(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off
AS $$
DECLARE
  id bytea := sha256(decode(asked->>'id', 'hex'));
  costs jsonb := asked->'costs';
  here store;
  moment bigint;
  reserved reservations;
  fits boolean;
  entry jsonb;
  settled boolean := false;
BEGIN
  PERFORM begin_call(asked, false);
  PERFORM lock_all(ARRAY[lock_of('reserve', id)]);
  SELECT * INTO reserved FROM reservations WHERE key = id;
  PERFORM lock_all((SELECT array_agg(lock_of('spend', decode(e->>0, 'hex'))) FROM jsonb_array_elements(reserved.entries) AS e));
  here := meet(asked, true);
  moment := time_of(asked, here.latest);
  IF reserved.entries IS NOT NULL AND (reserved.until IS NULL OR reserved.until > moment) THEN
    SELECT coalesce(bool_and(coalesce((costs->>(e->>2))::bigint <= (e->>3)::bigint, false)), true)
      AND NOT EXISTS (SELECT FROM jsonb_object_keys(costs) AS unit
        WHERE unit NOT IN (SELECT x->>2 FROM jsonb_array_elements(reserved.entries) AS x))
    INTO fits FROM jsonb_array_elements(reserved.entries) AS e;
    settled := CASE WHEN fits THEN true END;
  END IF;
  IF settled THEN
    FOR entry IN SELECT * FROM jsonb_array_elements(reserved.entries) LOOP
      PERFORM give_back(decode(entry->>0, 'hex'), (entry->>1)::bigint,
        (entry->>3)::bigint - (costs->>(entry->>2))::bigint);
    END LOOP;
    -- Its row stays until its time, so that none of the same id is settled again.
    UPDATE reservations SET entries = NULL WHERE key = id;
  END IF;
  PERFORM advance(moment, here.latest);
  RETURN jsonb_build_object('epoch', encode(here.epoch, 'hex'), 'settled', settled);
END $$;

-- Gives back a part of what was used, of one second in a window; no more than still counts, after a lift for one.
CREATE FUNCTION give_back(id bytea, second_used bigint, back bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  there bigint;
BEGIN
  IF second_used IS NULL THEN
    UPDATE counters SET used = used - least(back, used) WHERE key = id;
    RETURN;
  END IF;
  SELECT cost INTO there FROM uses WHERE key = id AND used_at = second_used;
  IF FOUND THEN
    UPDATE uses SET cost = cost - least(back, there) WHERE key = id AND used_at = second_used;
    UPDATE counters SET used = used - least(back, there) WHERE key = id;
  END IF;
END $$;

-- Alone, since its keys cannot be locked before they are found.
CREATE FUNCTION lift(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off
AS $$
DECLARE
  prefix bytea := decode(asked->>'prefix', 'hex');
  here store;
  names bytea[];
BEGIN
  PERFORM begin_call(asked, true);
  here := meet(asked, false);
  WITH gone AS (
    DELETE FROM counters WHERE substring(name FROM 1 FOR length(prefix)) = prefix
      AND position(decode(asked->>'part', 'hex') IN name) > 0 RETURNING key, name
  ), emptied AS (DELETE FROM uses u USING gone WHERE u.key = gone.key)
  SELECT array_agg(name) INTO names FROM gone;
  RETURN jsonb_build_object('epoch', encode(here.epoch, 'hex'),
    'keys', (SELECT coalesce(jsonb_agg(encode(name, 'hex')), '[]') FROM unnest(names) AS name));
END $$;

-- Drops up to so many rows that are past their time.
CREATE FUNCTION prune(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off
AS $$
DECLARE
  here store;
  moment bigint;
  dropped integer;
BEGIN
  PERFORM begin_call(asked, false);
  here := meet(asked, true);
  moment := time_of(asked, here.latest);
  dropped := forget(moment, (asked->>'most')::integer);
  PERFORM advance(moment, here.latest);
  RETURN jsonb_build_object('epoch', encode(here.epoch, 'hex'), 'dropped', dropped);
END $$;

-- Accepts the store as it is, at a time that may be before the latest that it has seen.
CREATE FUNCTION accept(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off
AS $$
DECLARE
  clock bigint := extract(epoch FROM clock_timestamp()) * 1000000;
  epoch_then bytea;
  epoch_now bytea;
BEGIN
  PERFORM begin_call(asked, true);
  SELECT s.epoch INTO epoch_then FROM store s;
  -- Later than all that this call knows of, even where the clock of the server was set back.
  epoch_now := new_epoch(greatest(clock, 1 + accepted_at(epoch_then), 1 + accepted_at(decode(asked->>'epoch', 'hex'))));
  INSERT INTO store (epoch, latest) VALUES (epoch_now, (asked->>'now')::bigint)
  ON CONFLICT (one) DO UPDATE SET epoch = EXCLUDED.epoch, latest = EXCLUDED.latest;
  RETURN jsonb_build_object('epoch', encode(epoch_now, 'hex'));
END $$;

-- The functions are done with the rights of their owner.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA writ FROM PUBLIC;

COMMIT;
