import { SegmentedControl } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './receipt.module.css'

/** What receipt rolls come in, and how much of each a printer can reach. */
export const PAPERS = { 80: { printableMm: 72 }, 58: { printableMm: 48 } } as const
export type PaperMm = keyof typeof PAPERS

/** The roll in this device's printer: it belongs to the device, not to the shop. */
export const usePaperMm = () =>
  useLocalStorage<PaperMm>({
    key: 'evertill-paper-mm',
    defaultValue: 80,
    getInitialValueInEffect: false,
    deserialize: (stored) => (stored === '58' ? 58 : 80),
  })

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
