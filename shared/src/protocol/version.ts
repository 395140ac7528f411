/** The protocol this build speaks. A change of any wire schema raises it; a test pins the schemas' hash. */
export const PROTOCOL_VERSION = 1
/** The oldest version the server still accepts: the three before its own. */
export const OLDEST_PROTOCOL_VERSION = Math.max(1, PROTOCOL_VERSION - 3)
