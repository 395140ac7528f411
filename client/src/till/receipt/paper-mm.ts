import { useLocalStorage } from '@mantine/hooks'

/** What receipt rolls come in, and how much of each a printer can reach. */
export const PAPERS = { 80: { printableMm: 72 }, 58: { printableMm: 48 } } as const
export type PaperMm = keyof typeof PAPERS

const KEY = 'evertill-paper-mm'
const paperMmOf = (stored: string | null | undefined): PaperMm => (stored === '58' ? 58 : 80)

/** The roll in this device's printer: it belongs to the device, not to the shop. */
export const usePaperMm = () =>
  useLocalStorage<PaperMm>({
    key: KEY,
    defaultValue: 80,
    getInitialValueInEffect: false,
    deserialize: paperMmOf,
  })

export const storedPaperMm = (): PaperMm => paperMmOf(localStorage.getItem(KEY))
