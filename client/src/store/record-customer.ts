import type { Permission } from '@evertill/shared/domain/permission'
import { keepRegistered } from './overlay.ts'
import { type Approval, type NotAllowed, permit, recordPermit } from './permit.ts'
import { append, type EntryRefusal, type Recorded, type RecordInput, recording } from './record-entry.ts'
import type { TillDatabase } from './till-database.ts'

const PERMISSION: Permission = 'customer.register'

/** Registers a customer who stands at the till: found here at once, and everywhere when the server has it. */
export async function registerCustomer(
  db: TillDatabase,
  input: RecordInput & {
    readonly name: string
    readonly phone?: string
    readonly email?: string
    readonly approval?: Approval
  },
): Promise<Recorded<'customer-registered'> | EntryRefusal | NotAllowed> {
  const { name, phone, email, newId } = input
  return recording(
    db,
    [db.staff, db.customer],
    input,
    async (desk): Promise<Recorded<'customer-registered'> | NotAllowed> => {
      const granted = await permit(db, desk, PERMISSION, input.approval)
      if ('code' in granted) return granted
      await recordPermit(db, desk, granted, `Registering ${name}`)
      const customerId = newId()
      const registered = await append(db, desk, 'customer-registered', {
        customerId,
        code: codeFrom(customerId),
        name,
        ...(phone !== undefined && { phone }),
        ...(email !== undefined && { email }),
      })
      await keepRegistered(db, registered.entry.body)
      return registered
    },
  )
}

/** Short enough to read out, and from the random end of the id, so that two tills do not hand out the same. */
const codeFrom = (id: string) => `C-${id.slice(-8).toUpperCase()}`
