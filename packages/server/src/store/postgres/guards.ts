/**
 * The journal's triggers, as they also guard the shard of a Citus schema. Citus makes none on a shard that is for TRUNCATE
 * too. What fires on one knows no schema but its own, and may not ask in one statement of a table and of what it was given.
 */
export const guardsOnShards = `
DROP TRIGGER journal_is_append_only ON journal;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal();
CREATE TRIGGER journal_is_not_emptied BEFORE TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_journal();
CREATE OR REPLACE FUNCTION refuse_to_forget_while_the_app_exists() RETURNS trigger LANGUAGE plpgsql AS
  $$ DECLARE
    whose text;
    may_go boolean;
  BEGIN
    FOR whose IN SELECT DISTINCT appid FROM forgotten LOOP
      EXECUTE format(
        'SELECT EXISTS (SELECT FROM %I.ledger WHERE appid = $1 AND (removal = ''going'' OR clock IS NOT NULL))',
        TG_TABLE_SCHEMA
      ) INTO may_go USING whose;
      IF NOT may_go THEN
        RAISE EXCEPTION 'the journal is append-only while its app exists';
      END IF;
    END LOOP;
    RETURN NULL;
  END $$;
`;
