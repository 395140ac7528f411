/** How far this browser can be trusted to keep what it stores. */
export type StorageKind = 'persistent' | 'best-effort' | 'ephemeral';
/** What a browser tells of its storage. */
export interface StorageFacts {
    /** What `navigator.storage.persist()` answered. */
    readonly persisted: boolean;
    /** `navigator.storage.estimate()`, bytes; undefined where the browser does not tell. */
    readonly quota: number | undefined;
}
export declare function storageKindOf({ persisted, quota }: StorageFacts): StorageKind;
