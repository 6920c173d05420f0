// Where a browser has no canvas: the graph stays blank and says so, the rest of the page goes on.
const drawable = Boolean(document.createElement('canvas').getContext('2d'));

if (!drawable) {
  const nothing = () => ({width: 0, data: [], addColorStop() {}});
  const pen = (window.CanvasRenderingContext2D || Object).prototype;
  const methods = Object.entries(Object.getOwnPropertyDescriptors(pen)).filter(([, {value}]) => typeof value === 'function');
  const blank = Object.fromEntries(methods.map(([name]) => [name, nothing]));
  HTMLCanvasElement.prototype.getContext = function () { return {canvas: this, ...blank}; };
}
