import { SegmentedControl } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './receipt.module.css'

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

export function PaperWidth() {
  const { t } = useTranslation()
  const [paperMm, setPaperMm] = usePaperMm()
  const id = useId()
  return (
    <div className={classes.paperWidth}>
      <span id={id}>{t('Paper')}</span>
      <SegmentedControl
        aria-labelledby={id}
        size="md"
        value={String(paperMm)}
        onChange={(value) => setPaperMm(value === '58' ? 58 : 80)}
        data={[
          { value: '80', label: t('{{mm}} mm', { mm: 80 }) },
          { value: '58', label: t('{{mm}} mm', { mm: 58 }) },
        ]}
      />
    </div>
  )
}
