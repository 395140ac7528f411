import { later } from '../../app/later.tsx'

/** Here before anybody has a sale to pay. */
export const TenderPanel = later(async () => (await import('./tender-panel.tsx')).TenderPanel)
