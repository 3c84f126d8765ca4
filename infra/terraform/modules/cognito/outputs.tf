output "triggers" {
  description = "ARNs for the pool's lambda_config: define, create, verify, pre-token."
  value       = { for name, function in module.function : name => function.alias_arn }
}

output "roles" {
  description = "ARNs of the roles that call Stile."
  value       = [module.function["create"].role_arn, module.function["verify"].role_arn]
}

output "policies" {
  description = "What the roles may do, for tests of the plan."
  value       = { for name, function in module.function : name => function.policy }
}
