-- severity: error
-- rule: A department has one name.
-- why: Tables and maps are made by its code and printed with its name.
-- remedy: Correct dept_code or department.
SELECT 'department_result' AS table_name, min(contest_id || '/' || dept_code || '/' || candidate_id) AS row_key,
  'department' AS column_name, string_agg(DISTINCT department, ', ' ORDER BY department) AS found
FROM department_result
GROUP BY dept_code
HAVING count(DISTINCT department) > 1
ORDER BY row_key
