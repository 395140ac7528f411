import { Button } from '@mantine/core'
import { IconCashRegister, IconPrinter } from '@tabler/icons-react'
import { useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { QrCode } from '../../app/qr-code.tsx'
import { type PaperPart, readEscPos } from '../../devices/read-esc-pos.ts'
import {
  clearVirtualPrinter,
  onVirtualJobs,
  type VirtualJob,
  virtualJobs,
} from '../../devices/virtual-printer.ts'
import { BackButton } from '../frame/back-button.tsx'
import page from '../frame/page.module.css'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo } from '../go.ts'
import classes from './printing.module.css'

/** The paper of a printer that is not there: what the bytes would have put on a roll. */
export function VirtualPrinterScreen() {
  const { t } = useTranslation()
  const go = useGo()
  const jobs = useSyncExternalStore(onVirtualJobs, virtualJobs)
  useShortcuts({ Escape: () => go('/printing') })
  return (
    <main className={page.screen}>
      <div className={page.title}>
        <BackButton onClick={() => go('/printing')}>{t('Back to the printer')}</BackButton>
        <h1>{t('Virtual printer')}</h1>
        <Button h={48} variant="default" disabled={jobs.length === 0} onClick={clearVirtualPrinter}>
          {t('Tear off')}
        </Button>
      </div>
      {jobs.length === 0 ? (
        <EmptyState icon={IconPrinter} title={t('Receipts appear here as they would be printed')}>
          {t(
            'Choose the virtual printer under Printer, then print a receipt. This page may stay open in a window of its own.',
          )}
        </EmptyState>
      ) : (
        <div className={classes.roll} role="log" aria-label={t('Paper')}>
          {jobs.map((job) => (
            <Paper key={job.id} job={job} />
          ))}
        </div>
      )}
    </main>
  )
}

function Paper({ job }: { job: VirtualJob }) {
  const { t } = useTranslation()
  const parts = useMemo(() => readEscPos(job.bytes), [job])
  if (parts.every(({ kind }) => kind === 'kick'))
    return (
      <p className={classes.kick}>
        <IconCashRegister aria-hidden size={20} /> {t('The drawer was opened.')}
      </p>
    )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <article className={classes.paper} tabIndex={0} aria-label={t('Printed paper')}>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is printed never changes
        <Part key={i} part={part} />
      ))}
    </article>
  )
}

function Part({ part }: { part: PaperPart }) {
  const { t } = useTranslation()
  switch (part.kind) {
    case 'line':
      return (
        <div
          className={classes.paperLine}
          data-align={part.align}
          data-strong={part.strong}
          data-tall={part.tall}
        >
          {part.text}
        </div>
      )
    case 'picture':
      return <img src={pictureUrl(part)} alt={t('Drawn text')} />
    case 'code':
      return (
        <div className={classes.paperCode}>
          <QrCode text={part.text} label={t('QR code of {{text}}', { text: part.text })} size={120} />
        </div>
      )
    case 'cut':
      return <hr className={classes.cut} aria-label={t('Cut here')} />
    case 'kick':
      return null
    case 'unknown':
      return <p>{t('A command this page does not know: {{bytes}}', { bytes: part.bytes })}</p>
  }
}

function pictureUrl({ width, height, dots }: Extract<PaperPart, { kind: 'picture' }>): string {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) return ''
  const image = context.createImageData(width, height)
  for (let dot = 0; dot < width * height; dot++) {
    const black = ((dots[dot >> 3] ?? 0) >> (7 - (dot & 7))) & 1
    image.data.fill(black === 1 ? 0 : 255, dot * 4, dot * 4 + 3)
    image.data[dot * 4 + 3] = 255
  }
  context.putImageData(image, 0, 0)
  return canvas.toDataURL()
}
