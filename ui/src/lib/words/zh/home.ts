export const home = {
  title: "今天",
  import: "导入账单",
  note: "记一笔",
  whom: "该打给谁",
  empty: {
    title: "先放一份账单进来",
    text: "在钱包里导出账单，把文件拖进窗口。接下来会告诉您哪几笔值得看。",
    demo: "看示例账本",
  },
  due: {
    title: "要跟进的承诺",
    late: (n: number) => `已过期 ${n} 天`,
    today: "今天到期",
    tomorrow: "明天到期",
    left: (n: number) => `还有 ${n} 天`,
  },
  flags: {
    title: "值得看的几笔",
    all: (n: string) => `全部 ${n} 条`,
    look: "查看",
    quiet: "没有需要看的疑点。导入新的账单后会再检查。",
  },
  cases: { title: "进行中的案件", all: "全部案件", quiet: "没有进行中的案件。" },
  backup: {
    title: "还没有备份",
    old: (day: string) => `上次备份是 ${day}`,
    text: "备份是一个加密文件，换电脑或磁盘损坏时用得上。",
    action: "现在备份",
    done: (file: string) => `已备份到 ${file}`,
  },
  nothing: "今天没有要做的事。",
};
