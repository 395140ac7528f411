import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconBarcode } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import {
  changeScannerSettings,
  onScannerSettings,
  SUFFIXES,
  scannerSettings,
} from '../../devices/scanner-settings.ts'
import { playSound } from '../../devices/sound.ts'
import { useWedgeScanner } from '../../devices/use-wedge-scanner.ts'
import type { ScannerSettings } from '../../devices/wedge-scanner.ts'
import { BackButton } from '../frame/back-button.tsx'
import page from '../frame/page.module.css'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo } from '../go.ts'
import classes from './scanner.module.css'

const CODE_COMES_MS = 1000

/** Tries the scanner of this device, and how it was set where the till does not find that out. */
export function ScannerScreen() {
  const { t } = useTranslation()
  const go = useGo()
  const { prefix, suffix } = useSyncExternalStore(onScannerSettings, scannerSettings)
  const [code, setCode] = useState<string>()
  const endsWith = useId()
  useShortcuts({ Escape: () => go('/') })
  useWedgeScanner((scanned) => {
    playSound('scanned')
    setCode(scanned)
  })
  const learnedAt = useRef(Number.NEGATIVE_INFINITY)
  const setPrefix = (key: string | undefined) =>
    changeScannerSettings(key === undefined ? { suffix } : { prefix: key, suffix })
  const learn = (event: KeyboardEvent) => {
    const { key } = event
    if (key === 'Tab' || key === 'Escape' || key === 'Shift' || key === 'Unidentified') return
    event.preventDefault()
    // Learned by scanning: the code comes right behind. No code begins with what a hand or a code is made of.
    const isBehind = event.timeStamp - learnedAt.current < CODE_COMES_MS
    learnedAt.current = event.timeStamp
    if (isBehind || key === 'Enter' || key === ' ' || /^\d$/.test(key)) return
    setPrefix(key === 'Backspace' || key === 'Delete' ? undefined : key)
  }
  const suffixNames: Record<ScannerSettings['suffix'], string> = {
    any: t('Find out'),
    Enter: t('Enter'),
    Tab: t('Tab'),
    none: t('Nothing'),
  }

  return (
    <main className={page.screen}>
      <div className={page.title}>
        <BackButton onClick={() => go('/')}>{t('Back to selling')}</BackButton>
        <h1>{t('Scanner')}</h1>
      </div>
      <section className={page.card}>
        <h2>{t('Try it')}</h2>
        <p className={classes.tried} role="status">
          <IconBarcode aria-hidden size={28} />
          {code === undefined ? t('Scan anything: what was read appears here.') : <strong>{code}</strong>}
        </p>
      </section>
      <section className={page.card}>
        <h2>{t('How it was set')}</h2>
        <p className={classes.quiet}>
          {t('Most scanners need nothing here: the till knows them by how fast they type.')}
        </p>
        <TextInput
          size="lg"
          classNames={{ label: classes.label ?? '', description: classes.description ?? '' }}
          label={t('Key before every code')}
          description={t('For a slow scanner that was set to send one, such as F13. Press that key here.')}
          placeholder={t('None')}
          value={prefix ?? ''}
          readOnly
          onKeyDown={learn}
          rightSection={
            prefix !== undefined && (
              <Button variant="subtle" h={48} onClick={() => setPrefix(undefined)}>
                {t('Forget it')}
              </Button>
            )
          }
          rightSectionWidth={120}
        />
        <div className={classes.ends}>
          <span id={endsWith}>{t('A code ends with')}</span>
          <SegmentedControl
            fullWidth
            size="md"
            classNames={{ label: classes.suffix ?? '' }}
            aria-labelledby={endsWith}
            value={suffix}
            onChange={(value) => {
              const next = SUFFIXES.find((known) => known === value) ?? 'any'
              changeScannerSettings(prefix === undefined ? { suffix: next } : { prefix, suffix: next })
            }}
            data={SUFFIXES.map((value) => ({ value, label: suffixNames[value] }))}
          />
        </div>
      </section>
    </main>
  )
}
