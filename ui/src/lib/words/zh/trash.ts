import type { Hold, Thing } from "../../bindings";

/** The trash: what was deleted, and the way back. */
export const trash = {
  title: "回收站",
  lead: (n: number) => (n === 0 ? "" : `${n} 项。锁定和重启之后仍在这里，随时可以放回。`),
  empty: "回收站是空的",
  emptyMore: "删除的记录、撤销的导入、附件和案件会先放到这里，随时可以放回。",
  kind: {
    transaction: "手工记录", import: "导入", case: "案件", event: "案件进展", attachment: "附件",
  } as Record<Thing["kind"], string>,
  since: (when: string) => `${when} 删除`,
  rows: (n: string) => `${n} 行`,
  importedAt: (when: string) => `导入于 ${when}`,
  openedAt: (when: string) => `开案于 ${when}`,
  nameless: "（没有写对方）",
  putBack: "放回",
  wasPutBack: (what: string) => `已放回：${what}`,
  purge: "彻底删除",
  purgeTitle: "彻底删除？",
  purgeWhat: {
    transaction: "这条记录连同它的备注和附件将从账本中抹去，不能撤销。",
    import: "导入只能放回，不能彻底删除。",
    case: "这件案件连同它的全部进展和证据文件将从账本中抹去，不能撤销。涉及的流水不受影响。",
    event: "这条进展将从案件中抹去，不能撤销。",
    attachment: "这个文件将从账本中抹去，不能撤销。您电脑上的原件不受影响。",
  } as Record<Thing["kind"], string>,
  purgeBackups: "以前做的备份里仍会有它。",
  purged: "已彻底删除",
  held: {
    evidence: "账单里的行可能是证据，别的导入也可能读到过，所以只能放回，不能彻底删除。",
    case: "有案件用到它：先彻底删除那件案件，才能删除它。",
  } as Record<Hold, string>,
};
