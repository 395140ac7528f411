/** The protocol this build speaks. A change of any wire schema raises it; a test pins the schemas' hash. */
export const PROTOCOL_VERSION = 2
/** The oldest version the server still accepts: the three before its own. */
export const OLDEST_PROTOCOL_VERSION = Math.max(1, PROTOCOL_VERSION - 3)

/**
 * What PROTOCOL_VERSION stands for: the hash of every wire schema as JSON Schema (see version.test.ts).
 * Until the first release a change may re-pin it; after that it raises the version as well.
 */
export const PROTOCOL_SCHEMA_HASH = '5af7987d757ac99e2db974810abe2c9012ce230553a5090991f4e878ad7bc879'
