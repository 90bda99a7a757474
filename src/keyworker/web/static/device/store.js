// What this device holds: the forms that were taken along, and what waits to be sent. Every word of it is sealed.

const NAME = "keyworker";

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("taken");
      asked.result.createObjectStore("waiting", { keyPath: "number" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/**
 * Do something with one store, and end only once it is on the disk.
 * @template T
 * @param {"taken" | "waiting"} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>}
 */
async function within(store, mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Whether anything was ever held here. */
export async function isUsed() {
  if (!("indexedDB" in globalThis)) return false;
  return indexedDB.databases ? (await indexedDB.databases()).some((one) => one.name === NAME) : true;
}

/** What was taken along, unless its time has ended: then it is gone, with the key that opened it. */
export async function taken() {
  const found = await within("taken", "readonly", (store) => store.get("forms"));
  if (found && Date.parse(found.until) <= Date.now()) {
    await wipe();
    return undefined;
  }
  return found;
}

export function keepTaken(one) {
  return within("taken", "readwrite", (store) => store.put(one, "forms"));
}

/** Everything that waits, the earliest first. */
export async function waiting() {
  const found = await within("waiting", "readonly", (store) => store.getAll());
  return found.sort((one, other) => one.at.localeCompare(other.at));
}

export function keepWaiting(one) {
  return within("waiting", "readwrite", (store) => store.put(one));
}

/** Change what waits, or let it go for null, unless more was typed of it since it was read. */
export function changeWaiting(one, change) {
  return within("waiting", "readwrite", (store) => {
    const asked = store.get(one.number);
    asked.onsuccess = () => {
      if (asked.result?.at !== one.at) return;
      if (change) store.put({ ...asked.result, ...change });
      else store.delete(one.number);
    };
    return asked;
  });
}

/** Take the forms off, and of what waits all but what only the record can open. */
export async function wipe() {
  await within("taken", "readwrite", (store) => store.delete("forms"));
  for (const one of await waiting()) await keepWaiting({ ...one, own: null });
}
