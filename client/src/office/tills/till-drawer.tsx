import type { TillSummary } from '@evertill/shared/protocol/office/tills'
import { Button, Group, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan, IconCashRegister, IconClipboardList } from '@tabler/icons-react'
import { countText } from '../../app/format.ts'
import { Fact, Facts } from '../parts/facts.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/use-session.ts'
import { Enrolment } from './enrolment.tsx'
import { RevokeTill } from './revoke-till.tsx'
import { Clock, LastContact, Missing, Storage, Waiting } from './till-columns.tsx'
import { TillStateChip } from './till-state-chip.tsx'

export function TillDrawer({ till, onClose }: { till: TillSummary | undefined; onClose: () => void }) {
  return (
    <SidePanel
      opened={till !== undefined}
      onClose={onClose}
      title={till === undefined ? '' : `${till.name}, ${till.outletName}`}
    >
      {till !== undefined && <TillView key={till.tillId} till={till} />}
    </SidePanel>
  )
}

function TillView({ till }: { till: TillSummary }) {
  const mayEnrol = useMay('till.enrol')
  const mayReport = useMay('report.view')
  const [revoking, revoke] = useDisclosure()
  const isTill = till.state === 'active'
  return (
    <Stack gap="lg">
      <div>
        <TillStateChip till={till} />
      </div>
      {mayEnrol && till.state !== 'revoked' && <Enrolment till={till} />}
      {mayReport && (
        <Group gap="xs">
          <ButtonLink
            to="/tills/$tillId/journal"
            params={{ tillId: till.tillId }}
            variant="default"
            leftSection={<IconClipboardList size={16} aria-hidden />}
          >
            Journal
          </ButtonLink>
          <ButtonLink
            to="/shifts"
            search={{ till: till.tillId }}
            variant="default"
            leftSection={<IconCashRegister size={16} aria-hidden />}
          >
            Shifts
          </ButtonLink>
        </Group>
      )}
      <Facts labels={160}>
        <Fact label="Number on receipts">{till.code}</Fact>
        <Fact label="Last contact">
          <LastContact till={till} />
        </Fact>
        <Fact label="Waiting, as it said">
          <Waiting till={till} />
          {till.oldestWaitingAt !== null && (
            <>
              {', the oldest since '}
              <When at={till.oldestWaitingAt} outletName={till.outletName} />
            </>
          )}
        </Fact>
        <Fact label="Received to entry">{countText(till.highWater)}</Fact>
        <Fact label="Missing entries">
          <Missing till={till} />
        </Fact>
        <Fact label="Journal epoch">{till.epoch}</Fact>
        <Fact label="Clock">
          <Clock till={till} />
        </Fact>
        <Fact label="Version">{till.appVersion ?? '–'}</Fact>
        <Fact label="Storage">
          <Storage till={till} />
        </Fact>
      </Facts>
      {mayEnrol && isTill && (
        <Group>
          <Button
            variant="default"
            color="red"
            leftSection={<IconBan size={16} aria-hidden />}
            onClick={revoke.open}
          >
            Revoke {till.name}
          </Button>
        </Group>
      )}
      <RevokeTill till={till} opened={revoking} onClose={revoke.close} />
    </Stack>
  )
}
