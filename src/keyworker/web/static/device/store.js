// What this device holds: the forms that were taken along, and what waits to be sent. Every word of it is sealed.

const NAME = "keyworker";
/** @type {BroadcastChannel | undefined} */
let windows;

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
 * Do something with a store, and end only once it is on the disk.
 * @template T
 * @param {"taken" | "waiting"} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore, transaction: IDBTransaction) => IDBRequest<T>} work
 * @returns {Promise<T>}
 */
async function within(store, mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(["taken", "waiting"], mode, { durability: "strict" });
      const asked = work(transaction.objectStore(store), transaction);
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

/** Change what is held of the forms, unless they have gone. Gives what was held. */
export function changeTaken(change) {
  return within("taken", "readwrite", (store) => {
    const asked = store.get("forms");
    asked.onsuccess = () => { if (asked.result) store.put({ ...asked.result, ...change }, "forms"); };
    return asked;
  });
}

/** Everything that waits, the earliest first. */
export async function waiting() {
  const found = await within("waiting", "readonly", (store) => store.getAll());
  return found.sort((one, other) => one.at.localeCompare(other.at));
}

/** Keep what was typed; for its writer too only while the forms are here that it was typed into. */
export function keepWaiting(one, held) {
  return within("taken", "readwrite", (store, transaction) => {
    const asked = store.get("forms");
    asked.onsuccess = () => {
      const stays = asked.result?.until === held.until && Date.parse(held.until) > Date.now();
      transaction.objectStore("waiting").put(stays ? one : { ...one, own: null });
    };
    return asked;
  });
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
  await within("waiting", "readwrite", (store, transaction) => {
    transaction.objectStore("taken").delete("forms");
    const asked = store.getAll();
    asked.onsuccess = () => { for (const one of asked.result) store.put({ ...one, own: null }); };
    return asked;
  });
  channel()?.postMessage("wiped");
}

/** Do something once another window has taken the forms off. @param {() => void} work */
export function onWiped(work) {
  channel()?.addEventListener("message", work);

}

function channel() {
  if ("BroadcastChannel" in globalThis) windows ??= new BroadcastChannel("keyworker-device");
  return windows;
}
