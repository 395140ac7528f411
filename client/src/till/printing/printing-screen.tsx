import '@mantine/core/styles/InlineInput.layer.css'
import '@mantine/core/styles/Radio.layer.css'
import '@mantine/core/styles/RadioCard.layer.css'
import '@mantine/core/styles/RadioIndicator.layer.css'
import '@mantine/core/styles/Switch.layer.css'
import { Button, Radio, SegmentedControl, Switch } from '@mantine/core'
import { IconCircleCheck, IconPlugConnectedX, IconPrinter } from '@tabler/icons-react'
import { useId, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { countText } from '../../app/format.ts'
import { deviceApis } from '../../devices/device-apis.ts'
import {
  changeBaudRate,
  choosePrinter,
  isFoundAgain,
  letGo,
  onPrinterState,
  printerState,
  reconnectPrinter,
} from '../../devices/printer.ts'
import type { LinkRefusal } from '../../devices/printer-link.ts'
import {
  BAUD_RATES,
  changePrinterSettings,
  choosePrinterKind,
  onPrinterSettings,
  type PrinterKind,
  printerSettings,
} from '../../devices/printer-settings.ts'
import { BackButton } from '../frame/back-button.tsx'
import page from '../frame/page.module.css'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo } from '../go.ts'
import { PaperWidth } from '../receipt/paper-width.tsx'
import { printReceipt } from '../receipt/print-job.ts'
import classes from './printing.module.css'
import { useTestReceipt } from './use-test-receipt.ts'

const switchParts = { body: classes.switch ?? '', label: classes.switchLabel ?? '' }

/** Which printer this device prints on, and what it does by itself. */
export function PrintingScreen() {
  const { t } = useTranslation()
  const go = useGo()
  const settings = useSyncExternalStore(onPrinterSettings, printerSettings)
  const testReceipt = useTestReceipt()
  const cashHint = useId()
  useShortcuts({ Escape: () => go('/') })
  const { kind } = settings
  const inBrowser = kind === 'browser'

  return (
    <main className={page.screen}>
      <div className={page.title}>
        <BackButton onClick={() => go('/')}>{t('Back to selling')}</BackButton>
        <h1>{t('Printer')}</h1>
      </div>
      <section className={page.card}>
        <PrinterKinds kind={kind} />
        {kind !== 'browser' && kind !== 'virtual' && <Connection key={kind} kind={kind} />}
        {kind === 'virtual' && (
          <div className={classes.actions}>
            <Button h={48} variant="default" onClick={() => go('/printer')}>
              {t('Show its paper')}
            </Button>
          </div>
        )}
      </section>
      <section className={page.card}>
        <h2>{t('Receipts')}</h2>
        <div className={classes.actions}>
          <PaperWidth />
        </div>
        <Switch
          classNames={switchParts}
          size="lg"
          label={t('Print a receipt as soon as a sale is paid')}
          checked={settings.printsAtOnce}
          onChange={({ currentTarget }) => changePrinterSettings({ printsAtOnce: currentTarget.checked })}
        />
        <Switch
          classNames={switchParts}
          size="lg"
          label={t('Open the drawer when cash is taken')}
          aria-describedby={cashHint}
          disabled={inBrowser}
          checked={settings.kicksForCash && !inBrowser}
          onChange={({ currentTarget }) => changePrinterSettings({ kicksForCash: currentTarget.checked })}
        />
        <p id={cashHint} className={classes.quiet}>
          {inBrowser
            ? t('The drawer hangs on the printer. The browser’s print dialog cannot open it.')
            : t('To open it without a sale, use Shift and drawer: who did it, and why, is written down.')}
        </p>
        <div className={classes.actions}>
          <Button
            h={48}
            variant="default"
            leftSection={<IconPrinter aria-hidden size={20} />}
            onClick={() => printReceipt({ receipt: testReceipt(), copy: false })}
          >
            {t('Print a test page')}
          </Button>
        </div>
      </section>
    </main>
  )
}

function PrinterKinds({ kind }: { kind: PrinterKind }) {
  const { t } = useTranslation()
  const { usb, serial, bluetooth } = deviceApis()
  const kinds = [
    {
      kind: 'browser',
      name: t('The browser’s print dialog'),
      words: t('Any printer this device knows.'),
      here: true,
    },
    {
      kind: 'usb',
      name: t('USB'),
      words: t('A receipt printer on a cable. Not on Windows.'),
      here: usb !== undefined,
    },
    {
      kind: 'serial',
      name: t('Serial port'),
      words: t('Also for a USB printer on Windows whose driver makes a serial port.'),
      here: serial !== undefined,
    },
    {
      kind: 'bluetooth',
      name: t('Bluetooth'),
      words: t('A small printer nearby, as on a belt.'),
      here: bluetooth !== undefined,
    },
    {
      kind: 'virtual',
      name: t('Virtual printer'),
      words: t('For trying out: a page shows what would be printed.'),
      here: true,
    },
  ] as const
  const choose = (value: string) => {
    const chosen = kinds.find((other) => other.kind === value)
    if (chosen === undefined) return
    choosePrinterKind(chosen.kind)
    void letGo()
  }
  return (
    <Radio.Group value={kind} onChange={choose} label={<h2>{t('How this device prints')}</h2>}>
      <div className={classes.kinds}>
        {kinds.map(({ kind, name, words, here }) => (
          <Radio.Card key={kind} className={classes.kind} value={kind} disabled={!here} aria-label={name}>
            <Radio.Indicator disabled={!here} />
            <span className={classes.kindWords}>
              <strong>{name}</strong>
              <span className={classes.quiet}>{here ? words : t('This browser cannot do this.')}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  )
}

/** Choosing the device, and whether it is there. */
function Connection({ kind }: { kind: 'usb' | 'serial' | 'bluetooth' }) {
  const { t } = useTranslation()
  const state = useSyncExternalStore(onPrinterState, printerState)
  const { device, baudRate } = useSyncExternalStore(onPrinterSettings, printerSettings)
  const [refusal, setRefusal] = useState<LinkRefusal>()
  const speed = useId()
  const choose = async () => {
    setRefusal(undefined)
    const outcome = await choosePrinter()
    if (outcome !== 'ready') setRefusal(outcome)
  }
  const name = device?.name || t('The printer')
  const found = device === undefined || isFoundAgain(kind, device)
  const chooseWords = t(
    'The browser does not find this printer by itself. Choose it again whenever it is not connected, as after a restart.',
  )
  const refusalWords: Record<LinkRefusal, string> = {
    'not-connected': t(
      'No printer was connected. If you chose one, see that it is on and that no other program holds it.',
    ),
    'not-understood': t(
      'This printer prints only pictures, which Evertill cannot send to it. Use the browser’s print dialog.',
    ),
  }
  return (
    <>
      {kind === 'serial' && (
        <div>
          <p id={speed}>{t('Speed, as set on the printer')}</p>
          <SegmentedControl
            aria-labelledby={speed}
            fullWidth
            size="lg"
            value={String(baudRate)}
            onChange={(value) => void changeBaudRate(Number(value))}
            data={BAUD_RATES.map((rate) => ({ value: String(rate), label: countText(rate) }))}
          />
        </div>
      )}
      <div role="status">
        {state === 'ready' ? (
          <p className={`${classes.state} ${classes.ready}`}>
            <IconCircleCheck aria-hidden /> {t('{{name}} is connected.', { name })}
          </p>
        ) : refusal !== undefined ? (
          <p className={`${classes.state} ${classes.gone}`}>
            <IconPlugConnectedX aria-hidden /> {refusalWords[refusal]}
          </p>
        ) : state === 'gone' ? (
          <p className={`${classes.state} ${classes.gone}`}>
            <IconPlugConnectedX aria-hidden /> {t('{{name}} does not answer.', { name })}
          </p>
        ) : (
          <p className={classes.state}>
            {state === 'connecting'
              ? t('Looking for the printer…')
              : device === undefined
                ? t('No printer is chosen yet.')
                : found
                  ? t('{{name}} is found again when something is printed.', { name })
                  : chooseWords}
          </p>
        )}
      </div>
      {!found && state !== 'none' && <p className={classes.quiet}>{chooseWords}</p>}
      <div className={classes.actions}>
        <Button
          h={48}
          variant={device === undefined ? 'filled' : 'default'}
          loading={state === 'connecting'}
          onClick={() => void choose()}
        >
          {device === undefined ? t('Choose the printer') : t('Choose another printer')}
        </Button>
        {device !== undefined && state !== 'ready' && (found || state === 'gone') && (
          <Button h={48} variant="default" onClick={() => void reconnectPrinter()}>
            {t('Look for it again')}
          </Button>
        )}
      </div>
    </>
  )
}
