import { ActionIcon, Button, Modal, TextInput } from '@mantine/core'
import { IconPlayerPause, IconTrash } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { agoText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { staffName } from '../../store/catalogue.ts'
import { type HeldSale, MAX_HELD_NAME, readHeldSales } from '../../store/held-sales.ts'
import { priceSale } from '../../store/price-sale.ts'
import { timeAt } from '../../store/till-clock.ts'
import { useSelling } from '../selling.tsx'
import { useFacts, useNow, useOpenSale, useServices } from '../till-context.tsx'
import classes from './held.module.css'
import { piecesIn } from './pieces-in.ts'
import { UndoBar } from './undo-bar.tsx'
import type { HoldingWords } from './use-holding.ts'

const AGE_MS = 10_000

/** Puts the open sale aside, and takes up those that were. */
export function HeldDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { cart } = useOpenSale()
  const { salesHeld, lock, undo } = useSelling()
  const held = useLiveQuery(() => readHeldSales(db), [db])
  const [asked, setAsked] = useState<HeldSale>()
  const [refusal, setRefusal] = useState<string>()
  const isOpen = cart.lines.length > 0
  const close = (words: HoldingWords) => {
    setAsked(undefined)
    if (words === undefined) onClose()
    else setRefusal(words)
  }
  const resume = (sale: HeldSale, asideToo: boolean) => void salesHeld.resume(sale, asideToo).then(close)

  // Reading takes a few milliseconds; opened half, the dialog would jump.
  if (held === undefined) return null
  const mayHold = isOpen && lock === undefined
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={asked !== undefined ? t('A sale is open') : mayHold ? t('Hold this sale') : t('Held sales')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <p className={classes.refusal} role="alert">
        {refusal}
      </p>
      {asked !== undefined ? (
        <div className={classes.form}>
          <p>{t('The sale on the screen is held too, as {{name}}.', { name: salesHeld.nameOf(cart) })}</p>
          <Button
            h="auto"
            mih={56}
            py={8}
            fz={18}
            styles={{ label: { whiteSpace: 'normal' } }}
            data-autofocus
            autoFocus
            onClick={() => resume(asked, true)}
          >
            {t('Hold it and resume {{name}}', { name: asked.name })}
          </Button>
          <Button variant="default" h={48} onClick={() => setAsked(undefined)}>
            {t('Go on with the open sale')}
          </Button>
        </div>
      ) : (
        <>
          {mayHold && <HoldForm onHold={(name) => void salesHeld.hold(name).then(close)} />}
          {mayHold && held.length > 0 && <h3 className={classes.title}>{t('Held sales')}</h3>}
          <div className={classes.frame}>
            <ul className={classes.list} aria-label={t('Held sales')}>
              {held.map((sale, i) => (
                <HeldRow
                  key={sale.heldId}
                  sale={sale}
                  first={i === 0 && !mayHold}
                  onResume={() => (isOpen ? setAsked(sale) : resume(sale, false))}
                  onDiscard={() => void salesHeld.discard(sale).then(setRefusal)}
                />
              ))}
            </ul>
            {held.length === 0 && !mayHold && (
              <EmptyState icon={IconPlayerPause} title={t('No sale is held')}>
                {t('A sale that has to wait is put aside with Hold, and waits here.')}
              </EmptyState>
            )}
          </div>
          <div className={classes.undo}>{undo !== undefined && 'restore' in undo && <UndoBar />}</div>
        </>
      )}
    </Modal>
  )
}

function HoldForm({ onHold }: { onHold: (name: string) => void }) {
  const { t } = useTranslation()
  const { cart } = useOpenSale()
  const { priced, salesHeld } = useSelling()
  // The minute at which the dialog was opened stays the name, however long it takes to type another.
  const [name, setName] = useState(() => salesHeld.nameOf(cart))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onHold(name)
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        size="lg"
        label={t('Name')}
        value={name}
        maxLength={MAX_HELD_NAME}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" h={56} fz={18}>
        {t('Hold')}&nbsp;
        {priced.code === 'priced' && <Money amount={priced.priced.total} />}
      </Button>
    </form>
  )
}

interface HeldRowProps {
  readonly sale: HeldSale
  /** Enter resumes it. */
  readonly first: boolean
  readonly onResume: () => void
  readonly onDiscard: () => void
}

function HeldRow({ sale, first, onResume, onDiscard }: HeldRowProps) {
  const { t } = useTranslation()
  const { catalogue } = useFacts()
  const present = useNow(AGE_MS)
  const { name, cart, heldAt, heldBy } = sale
  const priced = priceSale(catalogue.pricing, cart, timeAt(present, catalogue.pricing))
  const about = [
    t('{{count}} items', { count: piecesIn(cart) }),
    agoText(new Date(heldAt), present),
    staffName(catalogue, heldBy),
  ]
  return (
    <li className={classes.row}>
      <span className={classes.about}>
        <strong>{name}</strong>
        <small>{about.join(' · ')}</small>
      </span>
      <span className={classes.total}>
        {priced.code === 'priced' ? <Money amount={priced.priced.total} /> : '—'}
      </span>
      <Button
        variant="default"
        h={48}
        px={16}
        aria-label={t('Resume {{name}}', { name })}
        data-autofocus={first || undefined}
        onClick={onResume}
      >
        {t('Resume')}
      </Button>
      <ActionIcon
        variant="subtle"
        color="red"
        size={48}
        aria-label={t('Discard {{name}}', { name })}
        onClick={onDiscard}
      >
        <IconTrash aria-hidden size={20} />
      </ActionIcon>
    </li>
  )
}
