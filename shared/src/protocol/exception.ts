/** Who resolved an exception that closed by itself, such as a gap that was filled: nobody has this name. */
export const RESOLVED_BY_ITSELF = 'evertill'
