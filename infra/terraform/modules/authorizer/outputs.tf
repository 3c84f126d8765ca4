output "invoke_arn" {
  description = "ARN by which API Gateway asks the live alias."
  value       = module.function.invoke_arn
}
