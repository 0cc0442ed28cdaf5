export const door = {
  title: "申诉台",
};
