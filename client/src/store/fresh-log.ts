const NAME = 'evertill-fresh-log'
const STORE = 'filling'
/** More than Chromium keeps of a log before it writes a table of it and begins the next: 4 MB. */
const FILLING_BYTES = 6_000_000
/** Above 64 kB Chromium would put a value into a file of its own, beside the log. */
const PIECE_BYTES = 60_000
/** A transaction each, so that nobody's sale waits for all of it. */
const PIECES_A_TURN = 5

/**
 * Makes Chromium begin a new log of its writes, whatever the old one ends with.
 *
 * It keeps all databases of an origin in one LevelDB, and after a crash goes on with the log that it finds. A crash that
 * cut a write in two leaves an end that is passed over at the next start; what is written behind it makes the log
 * unreadable at the start after that: "database was corrupt: checksum mismatch", and Chromium begins with nothing, the
 * journal gone. Once as much is written as a log holds, everything stands in a table and the torn log is deleted.
 * The filling is a database of its own, that nothing else reads, and goes again. Other browsers lose nothing by it.
 */
export async function beginFreshLog(factory: IDBFactory = indexedDB): Promise<void> {
  const db = await open(factory)
  try {
    const piece = new Uint8Array(PIECE_BYTES)
    const pieces = Math.ceil(FILLING_BYTES / PIECE_BYTES)
    for (let from = 0; from < pieces; from += PIECES_A_TURN) {
      const turn = db.transaction(STORE, 'readwrite')
      for (let no = from; no < Math.min(from + PIECES_A_TURN, pieces); no++) {
        // What is all zeros might one day be kept in no room.
        crypto.getRandomValues(piece.subarray(0, 1_000))
        turn.objectStore(STORE).put(piece, no)
      }
      await settled(turn)
    }
  } finally {
    db.close()
    await answered(factory.deleteDatabase(NAME))
  }
}

async function open(factory: IDBFactory): Promise<IDBDatabase> {
  const opening = factory.open(NAME)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
  return answered(opening)
}

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const settled = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })

const LEFT = 'evertill-left'

/** Whether this page follows one of the same tab that was left in order: then no crash lies between them. */
export function followsOrderly(storage: Storage, page: EventTarget): boolean {
  const left = storage.getItem(LEFT) !== null
  storage.removeItem(LEFT)
  page.addEventListener('pagehide', () => storage.setItem(LEFT, 'in order'))
  return left
}
