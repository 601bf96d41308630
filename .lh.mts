import { mkdtempSync, rmSync } from 'node:fs';
import lighthouse, { desktopConfig } from 'lighthouse';
import { openProfile } from './test/e2e/support/browser.ts';
const origin='http://localhost:4177';
const profile=mkdtempSync('/tmp/lhp-');const port=9333;
const context=await openProfile(profile,port);
try{
 const page=await context.newPage();
 const run=async(url:string)=>{const r=await lighthouse(url,{port,onlyCategories:['performance'],disableStorageReset:true,logLevel:'silent'},desktopConfig);const a=r!.lhr.audits;
  console.log(url,Math.round(r!.lhr.categories.performance!.score!*100));for(const k of ['first-contentful-paint','largest-contentful-paint','speed-index','total-blocking-time','cumulative-layout-shift','max-potential-fid','interactive','server-response-time'])console.log('  ',k,a[k]?.displayValue,a[k]?.score);
  for(const k of ['long-tasks','forced-reflow-insight']){const d:any=a[k]?.details;if(d)console.log('  ',k,JSON.stringify(d.items??d).slice(0,1500));}};
 if(process.argv[2]==='signin'||!process.argv[2])await run(origin+'/sign-in');
 await page.goto(origin+'/sign-in');await page.getByLabel('Find somebody').fill('Sofia Keller');await page.getByRole('list',{name:'People'}).getByRole('button').first().click();await page.waitForURL(u=>u.pathname!=='/sign-in'&&u.pathname!=='/');
 if(process.argv[2]!=='signin')await run(origin+(process.argv[2]??'/admin/dashboard'));
}finally{await context.close();rmSync(profile,{recursive:true,force:true});}
