output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "alias_arn" {
  description = "ARN of its live alias."
  value       = aws_lambda_alias.live.arn
}

output "invoke_arn" {
  description = "ARN by which API Gateway calls the live alias."
  value       = aws_lambda_alias.live.invoke_arn
}

output "role_arn" {
  description = "ARN of its role."
  value       = aws_iam_role.this.arn
}

output "environment" {
  description = "Its variables, for tests that start the package elsewhere."
  value       = aws_lambda_function.this.environment[0].variables
}

output "policy" {
  description = "What its role may do, for tests of the plan."
  value       = aws_iam_role_policy.this.policy
}

output "snapshots" {
  description = "Of what snapshots are taken, for tests of the plan."
  value       = aws_lambda_function.this.snap_start[0].apply_on
}

output "stream_filters" {
  description = "For which records of a stream it is called, for tests of the plan."
  value       = flatten([for mapping in aws_lambda_event_source_mapping.stream : [for criteria in mapping.filter_criteria : criteria.filter[*].pattern]])
}
