/** What the start prints of the demo company: the owner's sign-in to head office, and PINs. */
export const OWNER = { email: 'owner@kopi.example', password: 'kopi-o-kosong' }
export const SUPERVISOR_PIN = '2468'
export const CASHIER_PIN = '1111'
