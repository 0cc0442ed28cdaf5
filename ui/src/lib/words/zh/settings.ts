export const settings = {
  title: "设置",
  keys: {
    sections: "切换页面", note: "记一笔", import: "导入账单", find: "搜索", undo: "撤销", redo: "重做", veil: "隐藏或显示金额",
    lock: "锁定", settings: "设置", back: "返回上一页", help: "快捷键列表",
  },
};
