import { isGrave, type PromotionWarning } from '@evertill/shared/domain/promotion-review'
import type {
  PromotionDetail,
  PromotionEdit,
  PromotionOptions,
} from '@evertill/shared/protocol/office/promotions'
import { Alert, Button, Fieldset, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCopy, IconInfoCircle, IconPlayerStop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useCurrency } from '../../app/money.tsx'
import { failureOf, fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import cards from '../parts/cards.module.css'
import { Confirm } from '../parts/confirm.tsx'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { sayDone } from '../parts/notes.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { useMay } from '../session/use-session.ts'
import { asSentences } from '../words/form-errors.ts'
import { EndPromotion } from './end-promotion.tsx'
import { GoodsFields } from './goods-fields.tsx'
import { OfferFields } from './offer-fields.tsx'
import { PeopleFields, StackingFields } from './people-fields.tsx'
import classes from './promotion.module.css'
import {
  fieldOf,
  type PromotionFormValues,
  promotionFormValues,
  readPromotionForm,
} from './promotion-form.ts'
import { PromotionPreview } from './promotion-preview.tsx'
import { PROMOTION_KEYS, reviewQuery } from './promotion-queries.ts'
import { PromotionStateChip } from './promotion-state-chip.tsx'
import { PromotionWarnings } from './promotion-warnings.tsx'
import { offerWords } from './promotion-words.ts'
import { WhenFields } from './when-fields.tsx'

interface PromotionEditorProps {
  /** What the form begins with: the promotion itself, or the one it is to be a copy of. */
  readonly detail?: PromotionDetail
  readonly options: PromotionOptions
  readonly isNew?: boolean
}

const PAUSE_MS = 400

/** A promotion as a form, with what it comes to at the till beside it. */
export function PromotionEditor({ detail, options, isNew = false }: PromotionEditorProps) {
  const { api, newId } = useOffice()
  const currency = useCurrency()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const mayEdit = useMay('catalogue.edit')
  const hasEnded = !isNew && detail?.state === 'ended'
  const disabled = !mayEdit || hasEnded
  const promotionId = isNew ? null : (detail?.promotionId ?? null)
  // Of the one that is being made: saved again after a lost answer, it is not made twice.
  const [ownId] = useState(newId)
  const [ending, setEnding] = useState(false)
  const [asked, setAsked] = useState<Asked>()
  const finished = useRef(false)
  const form = useForm<PromotionFormValues>({
    initialValues: startingWith(detail, currency, isNew),
    validate: (values) => {
      const read = readPromotionForm(values, currency)
      return read.ok ? {} : read.errors
    },
  })

  const read = readPromotionForm(form.values, currency)
  // What was last complete stays in view while a figure is being typed, and not when another kind is chosen.
  const { kind } = form.values
  const last = useRef<{ readonly kind: typeof kind; readonly edit: PromotionEdit }>(undefined)
  if (read.ok) last.current = { kind, edit: read.edit }
  const draft = read.ok ? read.edit : last.current?.kind === kind ? last.current.edit : undefined
  const [settled] = useDebouncedValue(draft, PAUSE_MS)
  const review = useQuery({
    ...reviewQuery(api, { promotionId, promotion: settled ?? NOTHING }),
    enabled: settled !== undefined && !hasEnded,
  })

  const leave = async (words: string) => {
    finished.current = true
    sayDone(words)
    await navigate({ to: '/promotions', search: true })
    await Promise.all(PROMOTION_KEYS.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
  }
  const save = useMutation({
    mutationFn: async (edit: PromotionEdit) => {
      if (promotionId === null) await api.createPromotion(ownId, edit)
      else await api.updatePromotion(promotionId, detail?.version ?? '', edit)
      await leave(`${edit.name} is saved. Tills take it up at their next contact.`)
    },
    onError: (error) => {
      setAsked(undefined)
      const { kind } = form.values
      const fields = Object.entries(fieldErrors(error)).map(([path, words]) => [fieldOf(path, kind), words])
      form.setErrors(asSentences(Object.fromEntries(fields)))
    },
  })
  // Under way from the first press on: a second one while the advice is fetched would make a second promotion.
  const submit = useMutation({
    mutationFn: async (edit: PromotionEdit) => {
      // Nobody waits for advice that does not come: without it the promotion is saved as it is.
      const found = await queryClient
        .fetchQuery(reviewQuery(api, { promotionId, promotion: edit }))
        .catch(() => undefined)
      const warnings = found?.warnings.filter(isGrave) ?? []
      if (warnings.length > 0) setAsked({ edit, warnings })
      else save.mutate(edit)
    },
  })
  const showTheirs = async () => {
    finished.current = true
    await Promise.all(PROMOTION_KEYS.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
  }

  const usualName = draft === undefined ? '' : offerWords(draft.offer, currency)
  const warnings = review.data?.warnings ?? []
  const tierName = options.tiers.find(({ tierId }) => tierId === draft?.tierIds[0])?.name
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(() => {
        if (read.ok) submit.mutate(read.edit)
      })}
      className={cards.columns}
    >
      <Fieldset variant="unstyled" disabled={disabled} aria-label="Promotion" className={classes.form}>
        {!isNew && detail !== undefined && <Standing detail={detail} />}
        <div className={cards.card}>
          <OfferFields form={form} disabled={disabled} />
        </div>
        <div className={cards.card}>
          <GoodsFields
            form={form}
            disabled={disabled}
            categories={options.categories}
            products={detail?.products ?? []}
          />
        </div>
        <div className={cards.card}>
          <WhenFields form={form} disabled={disabled} />
        </div>
        <div className={cards.card}>
          <PeopleFields form={form} tiers={options.tiers} />
        </div>
        <div className={cards.card}>
          <StackingFields form={form} disabled={disabled} />
        </div>
        <div className={cards.card}>
          <TextInput
            label="Name"
            description="As it stands on the line and on the receipt. Left empty, it says what it gives."
            placeholder={usualName}
            {...form.getInputProps('name')}
          />
        </div>
      </Fieldset>
      <div className={`${cards.side} ${classes.side}`}>
        {!disabled && warnings.length > 0 && (
          <section className={cards.card} aria-label="Before you save">
            <h2 className={cards.title}>Before you save</h2>
            <PromotionWarnings warnings={warnings} />
          </section>
        )}
        {draft !== undefined && !hasEnded && (
          <PromotionPreview
            promotion={{ ...draft, promotionId: promotionId ?? ownId }}
            options={options}
            goods={review.data?.examples ?? []}
            tierName={tierName}
          />
        )}
        <ProblemNote error={save.error}>
          {failureOf(save.error)?.code === 'conflict' && promotionId !== null && (
            <Button variant="default" size="xs" mt="sm" onClick={() => void showTheirs()}>
              Show what is saved now
            </Button>
          )}
        </ProblemNote>
        <div className={classes.buttons}>
          {promotionId !== null && mayEdit && !hasEnded && (
            <Button
              className={classes.first ?? ''}
              variant="subtle"
              color="red"
              c="var(--ev-bad)"
              leftSection={<IconPlayerStop size={16} aria-hidden />}
              onClick={() => setEnding(true)}
            >
              End now
            </Button>
          )}
          {promotionId !== null && mayEdit && (
            <ButtonLink
              to="/promotions/new"
              search={{ copy: promotionId }}
              variant="default"
              leftSection={<IconCopy size={16} aria-hidden />}
            >
              Copy
            </ButtonLink>
          )}
          {!disabled && (
            <Button type="submit" loading={submit.isPending || save.isPending}>
              {promotionId === null ? 'Add promotion' : 'Save changes'}
            </Button>
          )}
        </div>
      </div>
      {detail !== undefined && (
        <EndPromotion
          detail={detail}
          opened={ending}
          onClose={() => setEnding(false)}
          onEnded={() => void leave(`${detail.promotion.name} is ended.`)}
        />
      )}
      <Confirm
        opened={asked !== undefined}
        title="Save it all the same?"
        confirm={`Save ${asked?.edit.name ?? ''}`}
        cancel="Keep editing"
        tone="plain"
        pending={save.isPending}
        onConfirm={() => asked !== undefined && save.mutate(asked.edit)}
        onClose={() => setAsked(undefined)}
      >
        <PromotionWarnings warnings={asked?.warnings ?? []} />
      </Confirm>
      <LeaveGuard
        unsaved={() => !finished.current && form.isDirty()}
        what={form.values.name.trim() || usualName || 'this promotion'}
      />
    </form>
  )
}

/** What is to be saved, and what there is to think about it: of what was typed last, not of a moment before. */
interface Asked {
  readonly edit: PromotionEdit
  readonly warnings: readonly PromotionWarning[]
}

/** Asked about by nobody: the review waits for something to look at. */
const NOTHING: PromotionEdit = {
  name: '-',
  priority: 100,
  from: null,
  until: null,
  goods: { kind: 'all' },
  offer: { kind: 'price', price: 0 as never },
  stacking: 'best',
  withBillDiscount: true,
  tierIds: [],
  hours: null,
}

/** A copy begins at once and has no last day: those of the other one are over, or would end it as soon. */
function startingWith(detail: PromotionDetail | undefined, currency: string, isNew: boolean) {
  const values = promotionFormValues(detail?.promotion, currency)
  return isNew ? { ...values, from: null, until: null } : values
}

function Standing({ detail: { state } }: { readonly detail: PromotionDetail }) {
  return (
    <Alert variant="light" color={state === 'ended' ? 'gray' : 'blue'} icon={<IconInfoCircle aria-hidden />}>
      <PromotionStateChip state={state} /> {STANDING_WORDS[state]}
    </Alert>
  )
}

const STANDING_WORDS = {
  running: 'Tills take a change up at their next contact. Sales keep what they were given.',
  coming: 'Tills have it already, and begin by themselves on its first day.',
  ended: 'It is kept as it was. Copy it to run it once more.',
} as const
