import { SegmentedControl } from '@mantine/core'
import { memo, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { usePaperMm } from './paper-mm.ts'
import classes from './receipt.module.css'

export const PaperWidth = memo(function PaperWidth() {
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
})
