export const directory = {
  title: "热线",
};
