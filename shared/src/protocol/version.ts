/** The protocol this build speaks. A change of any wire schema raises it; a test pins the schemas' hash. */
export const PROTOCOL_VERSION = 2
/** The oldest version the server still accepts: the three before its own. */
export const OLDEST_PROTOCOL_VERSION = Math.max(1, PROTOCOL_VERSION - 3)

/**
 * What PROTOCOL_VERSION stands for: the hash of every wire schema as JSON Schema (see version.test.ts).
 * Until the first release a change may re-pin it; after that it raises the version as well.
 */
export const PROTOCOL_SCHEMA_HASH = 'b483262fde5f6ad2c5c1666ca57d2021af60d0e6499f0be451ee2c39441e7c9b'
