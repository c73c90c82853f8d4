-- Old versions of delegates.yaml are of no use: a rollback leaves the delegates as they are.
DELETE FROM private_definitions WHERE last IS NOT NULL;
-- A fingerprint of the secret behind private addresses, as the one who publishes has it: replicas with another secret would
-- give delegates other addresses. Empty where it is not known.
ALTER TABLE publisher ADD COLUMN secret TEXT NOT NULL DEFAULT '';
