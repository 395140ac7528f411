/** How a history begins its account of itself when something tripped in it, instead of coming to a wrong end. */
export const BROKEN_OFF = 'the history broke off'
